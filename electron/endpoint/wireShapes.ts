/**
 * The requests that the endpoint takes, as AWS's model describes them (codepipeline-model.json; a spec compares them). Members
 * that the model does not have are passed over.
 */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'timestamp';
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const text = (max: number): Shape => ({ type: 'string', min: 1, max });

export const wireShapes: Readonly<Record<string, Shape>> = {
  PollForJobsInput: {
    type: 'structure',
    required: ['actionTypeId'],
    members: { actionTypeId: 'ActionTypeId', maxBatchSize: 'MaxBatchSize', queryParam: 'QueryParamMap' },
  },
  AcknowledgeJobInput: {
    type: 'structure',
    required: ['jobId', 'nonce'],
    members: { jobId: 'JobId', nonce: 'Nonce' },
  },
  GetJobDetailsInput: { type: 'structure', required: ['jobId'], members: { jobId: 'JobId' } },
  PutJobSuccessResultInput: {
    type: 'structure',
    required: ['jobId'],
    members: {
      jobId: 'JobId',
      currentRevision: 'CurrentRevision',
      continuationToken: 'ContinuationToken',
      executionDetails: 'ExecutionDetails',
      outputVariables: 'OutputVariablesMap',
    },
  },
  PutJobFailureResultInput: {
    type: 'structure',
    required: ['jobId', 'failureDetails'],
    members: { jobId: 'JobId', failureDetails: 'FailureDetails' },
  },
  PollForThirdPartyJobsInput: {
    type: 'structure',
    required: ['actionTypeId'],
    members: { actionTypeId: 'ActionTypeId', maxBatchSize: 'MaxBatchSize' },
  },
  AcknowledgeThirdPartyJobInput: {
    type: 'structure',
    required: ['jobId', 'nonce', 'clientToken'],
    members: { jobId: 'ThirdPartyJobId', nonce: 'Nonce', clientToken: 'ClientToken' },
  },
  GetThirdPartyJobDetailsInput: {
    type: 'structure',
    required: ['jobId', 'clientToken'],
    members: { jobId: 'ThirdPartyJobId', clientToken: 'ClientToken' },
  },
  PutThirdPartyJobSuccessResultInput: {
    type: 'structure',
    required: ['jobId', 'clientToken'],
    members: {
      jobId: 'ThirdPartyJobId',
      clientToken: 'ClientToken',
      currentRevision: 'CurrentRevision',
      continuationToken: 'ContinuationToken',
      executionDetails: 'ExecutionDetails',
    },
  },
  PutThirdPartyJobFailureResultInput: {
    type: 'structure',
    required: ['jobId', 'clientToken', 'failureDetails'],
    members: { jobId: 'ThirdPartyJobId', clientToken: 'ClientToken', failureDetails: 'FailureDetails' },
  },
  ActionTypeId: {
    type: 'structure',
    required: ['category', 'owner', 'provider', 'version'],
    members: { category: 'ActionCategory', owner: 'ActionOwner', provider: 'ActionProvider', version: 'Version' },
  },
  ActionCategory: {
    type: 'string',
    enum: ['Source', 'Build', 'Deploy', 'Test', 'Invoke', 'Approval', 'Compute'],
  },
  ActionOwner: { type: 'string', enum: ['AWS', 'ThirdParty', 'Custom'] },
  ActionProvider: { ...text(35), pattern: '[0-9A-Za-z_-]+' },
  Version: { ...text(9), pattern: '[0-9A-Za-z_-]+' },
  MaxBatchSize: { type: 'integer', min: 1 },
  QueryParamMap: {
    type: 'map',
    key: 'ActionConfigurationKey',
    value: 'ActionConfigurationQueryableValue',
    min: 0,
    max: 1,
  },
  ActionConfigurationKey: text(50),
  ActionConfigurationQueryableValue: { ...text(50), pattern: '[a-zA-Z0-9_-]+' },
  JobId: { type: 'string', pattern: UUID },
  ThirdPartyJobId: text(512),
  ClientToken: text(256),
  Nonce: text(50),
  CurrentRevision: {
    type: 'structure',
    required: ['revision', 'changeIdentifier'],
    members: {
      revision: 'Revision',
      changeIdentifier: 'RevisionChangeIdentifier',
      created: 'Time',
      revisionSummary: 'RevisionSummary',
    },
  },
  Revision: text(1500),
  RevisionChangeIdentifier: text(100),
  Time: { type: 'timestamp' },
  RevisionSummary: text(2048),
  ContinuationToken: text(2048),
  ExecutionDetails: {
    type: 'structure',
    members: { summary: 'ExecutionSummary', externalExecutionId: 'ExecutionId', percentComplete: 'Percentage' },
  },
  ExecutionSummary: text(2048),
  ExecutionId: text(1500),
  Percentage: { type: 'integer', min: 0, max: 100 },
  OutputVariablesMap: { type: 'map', key: 'OutputVariablesKey', value: 'OutputVariablesValue' },
  OutputVariablesKey: { type: 'string', pattern: '[A-Za-z0-9@\\-_]+' },
  OutputVariablesValue: { type: 'string' },
  FailureDetails: {
    type: 'structure',
    required: ['type', 'message'],
    members: { type: 'FailureType', message: 'Message', externalExecutionId: 'ExecutionId' },
  },
  FailureType: {
    type: 'string',
    enum: [
      'JobFailed',
      'ConfigurationError',
      'PermissionError',
      'RevisionOutOfSync',
      'RevisionUnavailable',
      'SystemUnavailable',
    ],
  },
  Message: text(5000),
};
