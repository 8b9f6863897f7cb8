import { isFields, member } from '../readData.ts';
import { callOf, SUBSTITUTION } from './intrinsics.ts';
import { type Template, validationError } from './template.ts';

/**
 * Names that a template uses and must define: what CloudFormation finds before it makes anything. A template with macros is
 * known only after AWS has expanded it, so its references to resources are not judged.
 */
export function checkReferences(template: Template): void {
  const { parameters, resources, conditions, outputs, mappings, transforms } = template;
  const isExpanded = transforms.length === 0;
  const isDefined = (name: string) =>
    name.startsWith('AWS::') || Object.hasOwn(parameters, name) || Object.hasOwn(resources, name);
  const uses = new Map<string, Set<string>>();

  for (const [block, values] of [
    ['Resources', Object.entries(resources).map(([name, { body }]) => [name, body] as const)],
    ['Outputs', Object.entries(outputs)],
    ['Conditions', Object.entries(conditions)],
  ] as const) {
    const missing = new Set<string>();
    for (const [owner, value] of values) {
      const found = referencesIn(value);
      for (const name of found.names) {
        if (!isDefined(name)) missing.add(name);
        if (block === 'Conditions' && Object.hasOwn(resources, name)) {
          throw validationError(
            `Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`,
            `Base condition ${owner} on parameters and mappings only.`,
          );
        }
      }
      for (const name of found.mappings) assertMapping(name, mappings);
      const condition = block === 'Conditions' ? undefined : member(value, 'Condition');
      for (const name of [...found.conditions, ...(typeof condition === 'string' ? [condition] : [])]) {
        if (Object.hasOwn(conditions, name)) continue;
        throw validationError(
          `Template format error: Unresolved condition dependency ${name} in the ${block} block of the template`,
          `Define condition ${name}, or remove its use in ${owner}.`,
        );
      }
      if (block === 'Resources')
        uses.set(owner, new Set([...found.names].filter((name) => Object.hasOwn(resources, name))));
    }
    if (missing.size > 0 && isExpanded) {
      const names = [...missing].join(', ');
      throw validationError(
        `Template format error: Unresolved resource dependencies [${names}] in the ${block} block of the template`,
        `Define ${names} as a parameter or resource, or mend the spelling.`,
      );
    }
  }
  assertNoCircle(uses);
}

function assertMapping(name: string, mappings: Template['mappings']): void {
  if (Object.hasOwn(mappings, name)) return;
  throw validationError(
    `Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`,
    `Add mapping ${name}, or mend the spelling.`,
  );
}

interface Found {
  names: Set<string>;
  conditions: Set<string>;
  mappings: Set<string>;
}

function referencesIn(value: unknown, found: Found = { names: new Set(), conditions: new Set(), mappings: new Set() }) {
  const call = callOf(value);
  if (call) note(call[0], call[1], found);
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  else if (isFields(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'DependsOn') for (const name of Array.isArray(item) ? item : [item]) found.names.add(String(name));
      referencesIn(item, found);
    }
  }
  return found;
}

function note(name: string, argument: unknown, found: Found): void {
  const [first, own] = Array.isArray(argument) ? argument : [argument];
  if (name === 'Ref' && typeof argument === 'string') found.names.add(argument);
  else if (name === 'Condition' && typeof argument === 'string') found.conditions.add(argument);
  else if (name === 'Fn::If' && typeof first === 'string') found.conditions.add(first);
  else if (name === 'Fn::FindInMap' && typeof first === 'string') found.mappings.add(first);
  else if (name === 'Fn::GetAtt' && typeof first === 'string') found.names.add(first.split('.')[0] ?? first);
  else if (name === 'Fn::Sub') {
    for (const [, literal, reference = ''] of String(first).matchAll(SUBSTITUTION)) {
      const used = reference.trim();
      if (!literal && member(own, used) === undefined) found.names.add(used.split('.')[0] ?? used);
    }
  }
}

function assertNoCircle(uses: ReadonlyMap<string, ReadonlySet<string>>): void {
  const left = new Map([...uses].map(([name, used]) => [name, new Set(used)]));
  for (let hasShrunk = true; hasShrunk; ) {
    hasShrunk = false;
    for (const [name, used] of left) {
      if ([...used].some((other) => left.has(other))) continue;
      left.delete(name);
      hasShrunk = true;
    }
  }
  // What only leads to a circle is not part of one.
  for (let hasShrunk = true; hasShrunk; ) {
    hasShrunk = false;
    for (const name of left.keys()) {
      if ([...left.values()].some((used) => used.has(name))) continue;
      left.delete(name);
      hasShrunk = true;
    }
  }
  if (left.size === 0) return;
  throw validationError(
    `Circular dependency between resources: [${[...left.keys()].join(', ')}]`,
    'Break the circle: let one of them not refer to the others.',
  );
}
