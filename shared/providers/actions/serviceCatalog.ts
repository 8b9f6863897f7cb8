import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const serviceCatalog = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'ServiceCatalog', version: '1' },
  label: 'AWS Service Catalog',
  shortLabel: 'Service Catalog',
  help: 'Publish a new version of a Service Catalog product.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    ProductId: {
      label: 'Product id',
      type: 'string',
      required: 'always',
      placeholder: 'prod-example123',
      help: 'Give the id of the product.',
    },
    ConfigurationFilePath: {
      label: 'Configuration file',
      type: 'path',
      placeholder: 'product.json',
      help: 'Read all other values from this file of the input artifact.',
    },
    TemplateFilePath: {
      label: 'Template',
      type: 'path',
      required: { keyAbsent: 'ConfigurationFilePath' },
      placeholder: 'template.yaml',
      help: 'Say where the template is in the input artifact.',
    },
    ProductVersionName: {
      label: 'Version name',
      type: 'string',
      required: { keyAbsent: 'ConfigurationFilePath' },
      placeholder: 'v1.2.0',
      help: 'Name the new version.',
    },
    ProductType: {
      label: 'Product type',
      type: 'enum',
      required: { keyAbsent: 'ConfigurationFilePath' },
      values: ['CLOUD_FORMATION_TEMPLATE'],
      help: 'Choose the kind of product.',
    },
    ProductVersionDescription: {
      label: 'Version description',
      type: 'string',
      help: 'Say what is new in this version.',
    },
  },
  outputVariables: [],
  summaryKeys: ['ProductId', 'ProductVersionName'],
  local: emulatedLocally('Checks template and version; remembers the versions of the product.'),
  run: emulate({
    checks: 'the product’s values, its template and their references',
    leaves: 'the product and whether a provisioned stack could be made',
    scripted(run) {
      const { configuration } = run;
      return { wouldDo: `add a version to product ${configuration.ProductId}` };
    },
    load: async () => (await import('../../emulation/serviceCatalog.ts')).publishVersion,
  }),
});
