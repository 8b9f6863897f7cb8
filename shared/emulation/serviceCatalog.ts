import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { checkReferences } from './cloudFormation/references.ts';
import { readTemplate } from './cloudFormation/template.ts';
import { counted } from './counted.ts';
import { firstInput, reading, requiredFile } from './inputFiles.ts';
import { member, readJson } from './readData.ts';

type Key =
  | 'ProductId'
  | 'ConfigurationFilePath'
  | 'TemplateFilePath'
  | 'ProductVersionName'
  | 'ProductType'
  | 'ProductVersionDescription';

/** A new version of a Service Catalog product: its values and its template are checked, its name remembered. */
export async function publishVersion(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { host, configuration } = run;
  const { ProductId = '' } = configuration;
  const artifact = firstInput(run);
  const values = await valuesOf(run);
  const missing = Object.entries(values).filter(([, value]) => typeof value !== 'string' || value === '');
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ');
    throw new ActionFailure('ConfigurationError', `${names} is missing.`, `Give ${names}, here or in the file.`);
  }
  const {
    TemplateFilePath: path,
    ProductVersionName: name,
    ProductType: type,
  } = values as Record<keyof typeof values, string>;
  if (type !== 'CLOUD_FORMATION_TEMPLATE') {
    throw new ActionFailure(
      'ConfigurationError',
      `ProductType "${type}" is not CLOUD_FORMATION_TEMPLATE.`,
      'Write CLOUD_FORMATION_TEMPLATE; the action takes no other.',
    );
  }
  const template = readTemplate(await requiredFile(run, artifact, path), path);
  checkReferences(template);
  const emulation = await host.emulation();
  await emulation.keep('servicecatalog', `${emulation.region}/${ProductId}`, ({ before }) => {
    const versions = (before as string[] | undefined) ?? [];
    host.log(
      versions.includes(name)
        ? `Product ${ProductId} has a version ${name} already, from an earlier run here; AWS adds another of that name.`
        : `Product ${ProductId} gets version ${name} with ${counted(Object.keys(template.resources).length, 'resource')}.`,
    );
    return [...versions, name];
  });
  return { summary: `Version ${name} of ${ProductId} published.` };
}

async function valuesOf(run: ActionRun<Key>) {
  const { configuration } = run;
  const { TemplateFilePath, ProductVersionName, ProductType, ConfigurationFilePath } = configuration;
  if (ConfigurationFilePath === undefined) return { TemplateFilePath, ProductVersionName, ProductType };
  const text = await requiredFile(run, firstInput(run), ConfigurationFilePath);
  const root = reading(
    ({ line, column }) => ({
      code: 'ConfigurationError',
      message: `The configuration file ${ConfigurationFilePath} is no JSON (line ${line}, column ${column}).`,
    }),
    () => readJson(text),
  );
  return {
    TemplateFilePath: member(member(root, 'Properties'), 'TemplateFilePath'),
    ProductVersionName: member(root, 'ProductVersionName'),
    ProductType: member(root, 'ProductType'),
  };
}
