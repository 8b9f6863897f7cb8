import { ActionFailure, type ActionRun } from '../../providers/host.ts';
import { itemsOf, locatedFile, reading, splitLocator } from '../inputFiles.ts';
import { member, readJson } from '../readData.ts';

/** What stack sets and stack instances take as a list in the configuration or as a JSON file of an input artifact. */

const unfit = (message: string, fix: string) => new ActionFailure('ConfigurationError', message, fix);

/** The JSON file that a value names as `artifact::file`; undefined when the value is the list itself. */
async function listFile(run: ActionRun, key: string, value: string): Promise<unknown[] | undefined> {
  if (!splitLocator(value)) return undefined;
  const { path, text } = await locatedFile(run, key, value);
  const list = reading(
    ({ line, column }) => ({
      code: 'ConfigurationError',
      message: `${key}: file ${path} is no JSON (line ${line}, column ${column}).`,
    }),
    () => readJson(text),
  );
  if (!Array.isArray(list)) throw unfit(`${key}: file ${path} holds no JSON array.`, 'Write it as a list: […].');
  return list;
}

/** Values of parameters: shorthand, or a JSON array of {ParameterKey, ParameterValue}. */
export async function readParameters(
  run: ActionRun,
  key: string,
  value: string | undefined,
): Promise<Record<string, string>> {
  if (value === undefined) return {};
  const list = await listFile(run, key, value);
  const found: [string, string][] = [];
  if (list) {
    for (const item of list) {
      const [name, given] = [member(item, 'ParameterKey'), member(item, 'ParameterValue')];
      if (typeof name !== 'string' || (given === undefined && member(item, 'UsePreviousValue') !== true)) {
        throw unfit(`${key}: an entry has no ParameterKey and ParameterValue.`, 'Give each entry both.');
      }
      if (given !== undefined) found.push([name, String(given)]);
    }
    return Object.fromEntries(found);
  }
  for (const part of value.trim().split(/\s+(?=ParameterKey=)/)) {
    const match = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(part);
    if (!match) {
      throw unfit(
        `${key}: "${part.slice(0, 100)}" is not of the form ParameterKey=name,ParameterValue=value.`,
        'Write pairs separated by spaces, or name a JSON file as InputArtifact::file.',
      );
    }
    found.push([match[1] ?? '', match[2] ?? '']);
  }
  return Object.fromEntries(found);
}

/** Accounts (self-managed) or organisational units (service-managed) that instances are made in. */
export async function readTargets(run: ActionRun, value: string, isServiceManaged: boolean | undefined) {
  const list = await listFile(run, 'DeploymentTargets', value);
  const targets = list ? list.map(String) : itemsOf(value);
  if (targets.length === 0) throw unfit('DeploymentTargets is empty.', 'List accounts or organisational units.');
  const accounts = targets.filter((target) => /^\d{12}$/.test(target));
  const units = targets.filter((target) => /^(?:r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/.test(target));
  const wrong = targets.find((target) => !accounts.includes(target) && !units.includes(target));
  if (wrong !== undefined) {
    throw unfit(
      `DeploymentTargets: "${wrong}" is neither an account id nor an organisational unit.`,
      'Write 12 digits, r-…, or ou-…-….',
    );
  }
  if (isServiceManaged === false && units.length > 0) {
    throw unfit(
      `DeploymentTargets: ${units[0]} is an organisational unit, but the stack set is SELF_MANAGED.`,
      'List account ids, or set PermissionModel to SERVICE_MANAGED.',
    );
  }
  if (isServiceManaged === true && accounts.length > 0) {
    throw unfit(
      `DeploymentTargets: ${accounts[0]} is an account, but the stack set is SERVICE_MANAGED.`,
      'List organisational units, or set PermissionModel to SELF_MANAGED.',
    );
  }
  return targets;
}

export function readRegions(value: string | undefined): string[] {
  const regions = itemsOf(value);
  const wrong = regions.find((region) => !/^[a-z]{2,3}(?:-[a-z]+)+-\d$/.test(region));
  if (wrong !== undefined) throw unfit(`Regions: "${wrong}" is no Region.`, 'Write names such as eu-west-1.');
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (twice !== undefined) throw unfit(`Regions: ${twice} is listed twice.`, 'List each Region once.');
  return regions;
}
