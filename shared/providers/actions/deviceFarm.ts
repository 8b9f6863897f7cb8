import { checkRange } from '../common/checks.ts';
import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const deviceFarm = defineProvider({
  actionTypeId: { category: 'Test', owner: 'AWS', provider: 'DeviceFarm', version: '1' },
  label: 'AWS Device Farm',
  shortLabel: 'Device Farm',
  help: 'Test a mobile or web app on real devices.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 480, // 8 h
  configuration: {
    AppType: {
      label: 'App type',
      type: 'enum',
      required: 'always',
      values: ['iOS', 'Android', 'Web'],
      help: 'Choose the kind of application.',
    },
    ProjectId: {
      label: 'Project id',
      type: 'string',
      required: 'always',
      placeholder: 'eec4905f-98f8-40aa-9afc-4c1cEXAMPLE',
      help: 'Give the id of the Device Farm project, not its ARN.',
    },
    App: {
      label: 'App file',
      type: 'path',
      required: 'always',
      placeholder: 'app/build/shop.apk',
      help: 'Say where the app is in the input artifact.',
    },
    TestType: {
      label: 'Test type',
      type: 'enum',
      required: 'always',
      values: [
        'APPIUM_JAVA_JUNIT',
        'APPIUM_JAVA_TESTNG',
        'APPIUM_PYTHON',
        'APPIUM_WEB_JAVA_JUNIT',
        'APPIUM_WEB_JAVA_TESTNG',
        'APPIUM_WEB_PYTHON',
        'BUILTIN_EXPLORER',
        'BUILTIN_FUZZ',
        'CALABASH',
        'INSTRUMENTATION',
        'UIAUTOMATION',
        'UIAUTOMATOR',
        'XCTEST',
        'XCTEST_UI',
      ],
      help: 'Choose the test framework.',
    },
    DevicePoolArn: {
      label: 'Device pool ARN',
      type: 'arn',
      required: 'always',
      placeholder: 'arn:aws:devicefarm:us-west-2:111122223333:devicepool:…',
      help: 'Name the devices to test on.',
    },
    AppiumVersion: {
      label: 'Appium version',
      type: 'string',
      required: 'always',
      placeholder: '1.22.2',
      help: 'Name the Appium version; AWS asks for it and ignores its value.',
    },
    Test: {
      label: 'Test file',
      type: 'path',
      placeholder: 'tests/tests.zip',
      help: 'Say where the test package or definition is in the input artifact.',
    },
    FuzzEventCount: {
      label: 'Fuzz events',
      type: 'integer',
      placeholder: '6000',
      help: 'Send this many random events, from 1 to 10000.',
    },
    FuzzEventThrottle: {
      label: 'Fuzz interval (ms)',
      type: 'integer',
      placeholder: '50',
      help: 'Wait this long between random events, from 1 to 1000.',
    },
    FuzzRandomizerSeed: {
      label: 'Fuzz seed',
      type: 'integer',
      help: 'Repeat an earlier fuzz run with its seed.',
    },
    RecordAppPerformanceData: {
      label: 'Record performance',
      type: 'boolean',
      help: 'Record processor, frame rate and memory.',
    },
    RecordVideo: {
      label: 'Record video',
      type: 'boolean',
      help: 'Record the screen.',
    },
    RadioBluetoothEnabled: {
      label: 'Bluetooth on',
      type: 'boolean',
      help: 'Start with Bluetooth on.',
    },
    RadioWifiEnabled: {
      label: 'Wi-Fi on',
      type: 'boolean',
      help: 'Start with Wi-Fi on.',
    },
    RadioNfcEnabled: {
      label: 'NFC on',
      type: 'boolean',
      help: 'Start with NFC on.',
    },
    RadioGpsEnabled: {
      label: 'GPS on',
      type: 'boolean',
      help: 'Start with GPS on.',
    },
    CustomHostMachineArtifacts: {
      label: 'Host artifacts',
      type: 'string',
      placeholder: '$WORKING_DIRECTORY',
      help: 'Keep files from this path of the host machine.',
    },
    CustomDeviceArtifacts: {
      label: 'Device artifacts',
      type: 'string',
      placeholder: '/sdcard/my-folder',
      help: 'Keep files from this path of the device.',
    },
    UnmeteredDevicesOnly: {
      label: 'Unmetered devices only',
      type: 'boolean',
      help: 'Use only devices that you pay for by the month.',
    },
    JobTimeoutMinutes: {
      label: 'Time limit (minutes)',
      type: 'integer',
      placeholder: '60',
      help: 'End a device’s run after this time.',
    },
    Latitude: {
      label: 'Latitude',
      type: 'string',
      placeholder: '47.6204',
      help: 'Place the device at this latitude, in degrees.',
    },
    Longitude: {
      label: 'Longitude',
      type: 'string',
      placeholder: '-122.3491',
      help: 'Place the device at this longitude, in degrees.',
    },
  },
  outputVariables: [],
  summaryKeys: ['AppType', 'TestType'],
  check: (configuration) => [
    ...checkRange(configuration, 'FuzzEventCount', 1, 10_000),
    ...checkRange(configuration, 'FuzzEventThrottle', 1, 1000),
  ],
  local: emulatedLocally('Checks application, test and settings; no device is used.'),
  run: emulate({
    checks: 'application, test package and settings',
    leaves: 'the project, its devices and the outcome of the tests',
    scripted(run) {
      const { configuration } = run;
      return { wouldDo: `run ${configuration.TestType} tests of ${configuration.App} on the device pool` };
    },
    load: async () => (await import('../../emulation/deviceFarm.ts')).runDeviceTests,
  }),
});
