import { terminal } from './cli/io.ts';
import { main } from './cli.ts';

/** The process of the `penstock` command: joins the CLI to the real terminal and ends with its exit code. */
process.exitCode = await main(process.argv.slice(2), terminal());
