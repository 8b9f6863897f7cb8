import type { ChildProcess } from 'node:child_process';

export function isNewEnough(version: string): boolean;
export function nodePackage(platform: string, arch: string): string;
export function fittingNode(): string;
export function launch(script: string, args: readonly string[]): Promise<void>;
export function passSignals(child: ChildProcess): void;
