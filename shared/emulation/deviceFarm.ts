import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { firstInput, requiredEntry } from './inputFiles.ts';

type Key =
  | 'AppType'
  | 'ProjectId'
  | 'App'
  | 'TestType'
  | 'DevicePoolArn'
  | 'Test'
  | 'FuzzEventCount'
  | 'FuzzEventThrottle'
  | 'JobTimeoutMinutes'
  | 'Latitude'
  | 'Longitude';

const ENDINGS: Readonly<Record<string, string | undefined>> = { iOS: '.ipa', Android: '.apk' };
const IOS_ONLY = ['XCTEST', 'XCTEST_UI', 'UIAUTOMATION'];
const ANDROID_ONLY = ['INSTRUMENTATION', 'UIAUTOMATOR', 'BUILTIN_EXPLORER'];
/** Test types that need no package of tests. */
const BUILT_IN = ['BUILTIN_FUZZ', 'BUILTIN_EXPLORER'];

const invalid = (message: string, fix: string) => new ActionFailure('ConfigurationError', message, fix);

/** A Device Farm run without devices: application, tests and settings are checked. */
export async function runDeviceTests(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, host } = run;
  const { AppType = '', App = '', TestType = '', Test, ProjectId = '', DevicePoolArn = '' } = configuration;
  const artifact = firstInput(run);
  const ending = ENDINGS[AppType];
  if (ending !== undefined && !App.toLowerCase().endsWith(ending)) {
    throw invalid(`App "${App}" is no ${AppType} application.`, `Name a file that ends in ${ending}.`);
  }
  if (ProjectId.startsWith('arn:')) {
    throw invalid('ProjectId is an ARN; Device Farm takes the id alone.', 'Write the part after the last colon.');
  }
  if (!/^arn:aws[a-z-]*:devicefarm:[a-z0-9-]+:\d*:devicepool:.+$/.test(DevicePoolArn)) {
    throw invalid(`DevicePoolArn "${DevicePoolArn}" is no device pool.`, 'Write arn:aws:devicefarm:…:devicepool:…');
  }
  const isWebTest = TestType.startsWith('APPIUM_WEB_');
  if (
    (AppType !== 'iOS' && IOS_ONLY.includes(TestType)) ||
    (AppType !== 'Android' && ANDROID_ONLY.includes(TestType)) ||
    isWebTest !== (AppType === 'Web')
  ) {
    throw invalid(
      `TestType ${TestType} does not test ${AppType} applications.`,
      'Choose a framework of this platform.',
    );
  }
  if (Test === undefined && !BUILT_IN.includes(TestType)) {
    throw invalid(`TestType ${TestType} needs a package of tests.`, 'Name it as Test.');
  }
  assertNumber(configuration, 'FuzzEventCount', 1, 10_000);
  assertNumber(configuration, 'FuzzEventThrottle', 1, 1000);
  assertNumber(configuration, 'JobTimeoutMinutes', 1, 150);
  assertNumber(configuration, 'Latitude', -90, 90);
  assertNumber(configuration, 'Longitude', -180, 180);
  if (AppType !== 'Web') await requiredEntry(run, artifact, App);
  if (Test !== undefined) await requiredEntry(run, artifact, Test);
  host.log(`${TestType} of ${App} is ready for ${DevicePoolArn}. No device is used, so no test has run.`);
  return { summary: `${TestType} checked; no device was used.` };
}

function assertNumber(configuration: ActionRun<Key>['configuration'], key: Key, least: number, most: number): void {
  const value = configuration[key];
  if (value === undefined) return;
  const number = Number(value);
  if (value.trim() !== '' && number >= least && number <= most) return;
  throw invalid(`${key} "${value}" is no number from ${least} to ${most}.`, 'Change it, or clear it.');
}
