import { config } from 'zod';

// The window's Content-Security-Policy forbids code made at run time, and zod decides when a schema is built whether it will
// make some. So this must be the first import of the window.
config({ jitless: true });
