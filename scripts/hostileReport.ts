/** What the test runner's JSON says of one spec file; only the members that are read. */
export interface SpecResult {
  name: string;
  status: string;
  message?: string;
  assertionResults: { title: string; ancestorTitles: string[]; status: string; failureMessages?: string[] }[];
}

export interface GroupCount {
  tried: number;
  gotThrough: string[];
  controls: number;
  /** Positive controls that did not fire: the group proves nothing. */
  silentControls: string[];
  notRun: number;
  /** Files of the group that could not be run at all. */
  broken: string[];
}

/**
 * Counts the hostile inputs of each group by the titles of the specs that ran: `ZA-01 …` is an input tried, and got through
 * unless its spec passed; `ZA-00 control: …` is a positive control. Everything else in the files is an ordinary spec.
 */
export function countGroups(results: readonly SpecResult[], only?: string): Map<string, GroupCount> {
  const groups = new Map<string, GroupCount>();
  const groupOf = (name: string) => {
    const group = groups.get(name) ?? {
      tried: 0,
      gotThrough: [],
      controls: 0,
      silentControls: [],
      notRun: 0,
      broken: [],
    };
    groups.set(name, group);
    return group;
  };
  for (const file of results) {
    const named = new Set<string>();
    for (const { title, ancestorTitles, status } of file.assertionResults) {
      const [, name, control] = /^([A-Z]{2})-\d\d\w? (control: )?/.exec(title) ?? [];
      if (!name || (only && name !== only)) continue;
      named.add(name);
      const group = groupOf(name);
      const whole = [...ancestorTitles, title].join(' > ');
      if (status !== 'passed' && status !== 'failed') {
        group.notRun += 1;
      } else if (!control) {
        group.tried += 1;
        if (status === 'failed') group.gotThrough.push(whole);
      } else {
        group.controls += 1;
        if (status === 'failed') group.silentControls.push(whole);
      }
    }
    // A file fails as a whole when a hook fails (a sentinel changed) or when it cannot be loaded.
    const failedSpecs = file.assertionResults.some(({ status }) => status === 'failed');
    if (file.status === 'failed' && !failedSpecs) {
      const blamed = named.size > 0 ? [...named] : [only ?? 'HS'];
      for (const name of blamed) groupOf(name).broken.push(`${file.name}: ${file.message?.split('\n')[0] ?? 'failed'}`);
    }
  }
  return groups;
}

/** One line per group, with what failed beneath it; `passed` only when every group tried something and can be believed. */
export function reportGroups(groups: ReadonlyMap<string, GroupCount>): { lines: string[]; passed: boolean } {
  const lines: string[] = [];
  let passed = groups.size > 0;
  for (const [name, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`${name}: ${group.tried} tried, ${group.gotThrough.length} got through`);
    for (const title of group.gotThrough) lines.push(`  got through: ${title}`);
    for (const title of group.silentControls) lines.push(`  control did not fire: ${title}`);
    for (const text of group.broken) lines.push(`  could not be run: ${text}`);
    if (group.notRun > 0) lines.push(`  not run here: ${group.notRun}`);
    const controlled = group.controls > 0 && group.silentControls.length === 0;
    if (group.controls === 0) lines.push('  no positive control ran: this group proves nothing');
    if (group.tried === 0) lines.push('  nothing was tried');
    if (group.gotThrough.length > 0 || group.broken.length > 0 || !controlled || group.tried === 0) passed = false;
  }
  if (groups.size === 0) lines.push('No hostile input was tried.');
  return { lines, passed };
}
