import styles from './TemplatePreview.module.css';

const WIDTH = 132;
const HEIGHT = 72;
const MOST_ROWS = 4;

/** A template's shape in small: a column for each stage, a bar for each action. Decoration beside its name. */
export function TemplatePreview({
  stages,
}: {
  stages: readonly { name: string; actions: readonly { category: string }[] }[];
}) {
  const gap = 5;
  const lane = Math.min(30, (WIDTH - gap * (stages.length - 1)) / Math.max(1, stages.length));
  const left = (WIDTH - stages.length * lane - (stages.length - 1) * gap) / 2;
  return (
    <svg className={styles.preview} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {stages.map((stage, index) => {
        const x = left + index * (lane + gap);
        return (
          <g key={stage.name}>
            {index > 0 && <path className={styles.pipe} d={`M${x - gap} 7H${x}`} />}
            <rect className={styles.lane} x={x + 0.5} y={0.5} width={lane - 1} height={HEIGHT - 1} rx={4} />
            {stage.actions.slice(0, MOST_ROWS).map(({ category }, row) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: bars have nothing but their place
                key={row}
                className={styles.action}
                data-category={category}
                x={x + 4}
                y={14 + row * 14}
                width={lane - 8}
                height={9}
                rx={2.5}
              />
            ))}
          </g>
        );
      })}
    </svg>
  );
}
