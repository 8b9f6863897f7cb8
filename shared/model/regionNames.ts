/** Names of AWS Regions that CodePipeline runs in, for suggestions; AWS adds some every year, so no list refuses one. */
export const regionNames: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'us-gov-east-1', 'us-gov-west-1'],
  ...['ca-central-1', 'ca-west-1', 'mx-central-1', 'sa-east-1'],
  ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2'],
  ...['af-south-1', 'il-central-1', 'me-central-1', 'me-south-1'],
  ...['ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'cn-north-1', 'cn-northwest-1'],
];

const shape = /^[a-z]{2,4}(-[a-z]+)*-(central|north|south|east|west|northeast|northwest|southeast|southwest)-[1-9]$/;

/** Could this be a Region? True for those of tomorrow, false for slips such as `us-east1`. */
export const looksLikeRegion = (name: string): boolean => shape.test(name);
