/** What renderer/executions says. */
export const executions = {};
