/** Name of the folder in which the call of a function for one job notes how it came and went. */
export const callFolder = (jobId: string): string => `call-${jobId}`;

export const isCallFolder = (name: string): boolean => name.startsWith('call-');
