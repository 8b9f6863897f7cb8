import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { CopyButton } from '../inspector/controls/CopyButton.tsx';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { decimal } from '../ui/decimal.ts';
import { fidelityText } from '../ui/fidelityText.ts';
import { findInLog, firstError } from './findInLog.ts';
import { LogLineView } from './LogLineView.tsx';
import styles from './log.module.css';
import { textOf } from './logLine.ts';
import type { LogOf } from './logTarget.ts';
import { setWrapped, useRun } from './runStore.ts';
import { useLogCut } from './useLogCut.ts';
import { useLogReader } from './useLogReader.ts';

/** Height of a line in px, at a text size of 100 %. Unless they wrap, lines need no measuring, so any number can be placed. */
const LINE = 18;
/** This near an end, more of the log is read. */
const NEAR = 40;
/** Copying more than this would fill the clipboard of most programs; the log file holds all. */
const MOST_COPIED_LINES = 100_000;

interface LogViewProps {
  pipelineExecutionId: string;
  attempt: LogOf | undefined;
  /** Stands at the left of the bar: which log this is. */
  head: ReactNode;
}

const none: readonly string[] = [];
const megabytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${decimal(bytes / 1_000_000, 1)} MB`;

/** What folds, and opens again, the lines that were printed after the shown instant. */
function laterText(count: number, isUnfolded: boolean, isMore: boolean): string {
  return isUnfolded ? strings.run.log.foldLater : strings.run.log.later(count, isMore);
}

/** One action's log: follows its end until the reader scrolls away, holds a part of it, searches what it holds. */
export function LogView({ pipelineExecutionId, attempt, head }: LogViewProps) {
  const texts = strings.run.log;
  const { reader, version } = useLogReader(pipelineExecutionId, attempt?.actionExecutionId);
  const scroller = useRef<HTMLElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const [isSearching, setIsSearching] = useState(false);
  const [search, setSearch] = useState('');
  const [matchIndex, setMatchIndex] = useState(0);
  const [marked, setMarked] = useState(-1);
  const cut = useLogCut(pipelineExecutionId, attempt);
  const wasCut = useRef(false);
  const [isUnfolded, setIsUnfolded] = useState(false);
  const held = reader?.buffer.lines ?? none;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the lines changed in place.
  const then = useMemo(
    () => (cut === 'all' ? held.length : cut === 'unknown' ? 0 : (reader?.buffer.linesUpTo(cut) ?? 0)),
    [cut, reader, held, version],
  );
  const later = held.length - then;
  const lines = useMemo(
    () => (later === 0 || isUnfolded ? held : held.slice(0, then)),
    [held, later, then, isUnfolded],
  );
  useEffect(() => {
    if (typeof cut === 'number') void reader?.toByte(cut);
    else if (cut === 'all' && wasCut.current) reader?.setFollowing(true);
    wasCut.current = cut !== 'all';
  }, [cut, reader]);
  const isFollowing = reader?.isFollowing ?? true;
  /** An instant of the past is shown as it ended then. */
  const isThen = cut !== 'all' && !isUnfolded;
  const isAutomatic = useRef(0);
  const isLoading = useRef(false);

  const isWrapped = useRun((run) => run.isWrapped);
  const lineHeight = useUi((ui) => (LINE * (ui.settings?.textSize ?? 100)) / 100);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const height = virtual.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured is of the other kind.
  useEffect(() => virtual.measure(), [isWrapped, lineHeight]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the lines changed in place.
  useEffect(() => {
    const element = scroller.current;
    if (!(isFollowing || isThen) || !element || lines.length === 0) return;
    isAutomatic.current = performance.now();
    element.scrollTop = element.scrollHeight;
  }, [version, isFollowing, isThen, lines.length, height]);

  const deferred = useDeferredValue(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  const matches = useMemo(
    () => findInLog(lines, isSearching ? deferred : ''),
    [deferred, isSearching, version, reader],
  );
  const matched = useMemo(() => new Set(matches), [matches]);

  const goTo = (index: number) => {
    reader?.setFollowing(false);
    setMarked(index);
    virtual.scrollToIndex(index, { align: 'center' });
  };
  const goToMatch = (step: number) => {
    if (matches.length === 0) return;
    const next = (matchIndex + step + matches.length) % matches.length;
    setMatchIndex(next);
    goTo(matches[next]!);
  };
  const openSearch = () => {
    setIsSearching(true);
    requestAnimationFrame(() => searchField.current?.select());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') openSearch();
    else if (event.key === 'F3') goToMatch(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && isSearching) {
      setIsSearching(false);
      scroller.current?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onScroll = () => {
    const element = scroller.current;
    if (!element || !reader) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (below < lineHeight && reader.buffer.end >= reader.size) {
      if (!reader.isFollowing && !reader.isComplete) reader.setFollowing(true);
      return;
    }
    // The scroll events that follow from our own scrolling are not the reader's.
    if (reader.isFollowing && below > lineHeight * 2 && performance.now() - isAutomatic.current > 80)
      reader.setFollowing(false);
    if (isLoading.current || reader.isFollowing) return;
    if (element.scrollTop < NEAR * lineHeight && reader.buffer.start > 0) {
      isLoading.current = true;
      void reader.loadEarlier().then((added) => {
        requestAnimationFrame(() => {
          element.scrollTop += added * lineHeight;
          setMarked((now) => (now < 0 ? now : now + added));
          isLoading.current = false;
        });
      });
    } else if (below < NEAR * lineHeight && reader.buffer.end < reader.size) {
      isLoading.current = true;
      void reader.loadLater().then(() => {
        isLoading.current = false;
      });
    }
  };

  const isLive = attempt?.status === 'InProgress' && cut === 'all';
  const error = attempt?.status === 'Failed' ? firstError(lines) : -1;
  const copied = lines.length > MOST_COPIED_LINES ? lines.slice(-MOST_COPIED_LINES) : lines;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the log inside, which is what has the focus.
    <div className={styles.view} onKeyDown={onKeyDown}>
      <div className={styles.bar}>
        {head}
        {attempt && (
          <span className={styles.fidelity} data-fidelity={attempt.fidelity}>
            {fidelityText(attempt.fidelity)}
          </span>
        )}
        {reader && reader.size > 0 && <span className={styles.size}>{megabytes(reader.size)}</span>}
        <span className={styles.spring} />
        {isSearching && (
          <search className={styles.search}>
            <input
              ref={searchField}
              aria-label={texts.findLabel}
              placeholder={texts.find}
              value={search}
              spellCheck={false}
              onChange={(event) => {
                setSearch(event.target.value);
                setMatchIndex(-1);
              }}
              onKeyDown={(event) => event.key === 'Enter' && goToMatch(event.shiftKey ? -1 : 1)}
            />
            <span role="status">
              {search === ''
                ? ''
                : matches.length === 0
                  ? reader?.buffer.isCut
                    ? texts.notInPart
                    : texts.notFound
                  : texts[reader?.buffer.isCut ? 'matchInPart' : 'match'](Math.max(1, matchIndex + 1), matches.length)}
            </span>
          </search>
        )}
        {error >= 0 && <Button onClick={() => goTo(error)}>{texts.firstError}</Button>}
        {!isSearching && (
          <Button variant="quiet" onClick={openSearch}>
            {texts.find}
          </Button>
        )}
        {lines.length > 0 && (
          <>
            <Button
              variant="quiet"
              aria-label={texts.wrapLabel}
              aria-pressed={isWrapped}
              onClick={() => setWrapped(!isWrapped)}
            >
              {texts.wrap}
            </Button>
            <CopyButton isQuiet label={texts.copy} text={() => copied.map(textOf).join('\n')} />
          </>
        )}
        {isLive && (
          <Button
            variant={isFollowing ? 'quiet' : 'primary'}
            aria-pressed={isFollowing}
            onClick={() => reader?.setFollowing(!isFollowing)}
          >
            {isFollowing ? texts.following : texts.follow}
          </Button>
        )}
      </div>
      <section
        ref={scroller}
        className={styles.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={attempt ? texts.ofAction(attempt.stageName, attempt.actionName) : texts.label}
        onScroll={onScroll}
      >
        {reader?.buffer.isCut && (
          <button type="button" className={styles.more} onClick={() => void reader.toStart()}>
            {texts.before(megabytes(reader.buffer.start))}
          </button>
        )}
        {reader?.problem && (
          <p className={styles.note} role="alert">
            {strings.messages.text(reader.problem.what)} {strings.messages.text(reader.problem.fix)}
          </p>
        )}
        {lines.length === 0 && !reader?.problem && (
          <p className={styles.note}>
            {cut === 'unknown' ? texts.unknownTime : isLive || cut !== 'all' ? texts.nothingYet : texts.nothing}
          </p>
        )}
        <div className={styles.lines} data-wrapped={isWrapped} style={{ height }}>
          {virtual.getVirtualItems().map((item) => (
            <LogLineView
              key={item.index}
              index={item.index}
              measure={isWrapped ? virtual.measureElement : undefined}
              raw={lines[item.index] ?? ''}
              number={reader?.buffer.isCut ? undefined : item.index + 1}
              top={item.start}
              isMarked={item.index === marked}
              isMatch={matched.has(item.index)}
              isLater={item.index >= then}
            />
          ))}
        </div>
        {later > 0 && (
          <button type="button" className={styles.later} onClick={() => setIsUnfolded(!isUnfolded)}>
            {laterText(later, isUnfolded, reader !== undefined && reader.buffer.end < reader.size)}
          </button>
        )}
      </section>
    </div>
  );
}
