import { useMemo, useState } from 'react';
import { client } from '../bridge.ts';
import { activePipeline, activeTab, useDocuments } from '../state/documentStore.ts';
import { closeDialog, notify, notifyFailure, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { DownloadIcon } from '../ui/icons.ts';
import { Modal } from '../ui/Modal.tsx';
import { pickPath } from '../ui/pickPath.ts';
import styles from './ExportPictureDialog.module.css';
import type { PictureTheme } from './palette.ts';
import { sceneOf } from './scene.ts';
import { scenePdf } from './scenePdf.ts';
import { scenePng } from './scenePng.ts';
import { sceneSvg } from './sceneSvg.ts';

const words = strings.exportPicture;
const formats = { svg: 'SVG', png: 'PNG', pdf: 'PDF' } as const;
type Format = keyof typeof formats;
const themes: readonly PictureTheme[] = ['light', 'dark'];

/** A picture of the active pipeline, drawn from its layout: a preview, a format, a theme, and where to save it. */
export function ExportPictureDialog() {
  const pipeline = useDocuments(activePipeline);
  const documentPath = useDocuments((state) => activeTab(state)?.path ?? '');
  const [format, setFormat] = useState<Format>('svg');
  const [theme, setTheme] = useState<PictureTheme>(useUi.getState().theme);
  const scene = useMemo(() => pipeline && sceneOf(pipeline, theme), [pipeline, theme]);
  if (!scene || !pipeline) return null;

  const save = async () => {
    try {
      const folder = documentPath.replace(/[^/\\]*$/, '');
      const chosen = await pickPath('save', `${folder}${pipeline.name || 'pipeline'}.${format}`);
      if (chosen === null) return;
      if (format === 'svg') await client.saveExport({ path: chosen, text: sceneSvg(scene) });
      else {
        const base64 = format === 'png' ? await scenePng(scene) : btoa(scenePdf(scene));
        await client.savePicture({ path: chosen, base64 });
      }
      closeDialog();
      notify({ kind: 'success', text: words.saved(chosen) });
    } catch (error) {
      notifyFailure('export.picture', error);
    }
  };

  return (
    <Modal
      title={words.title}
      size="large"
      onClose={closeDialog}
      footer={
        <Button variant="primary" icon={DownloadIcon} onClick={() => void save()}>
          {words.save(formats[format])}
        </Button>
      }
    >
      <div className={styles.choices}>
        <fieldset className={styles.choice}>
          <legend>{words.format}</legend>
          {(Object.keys(formats) as Format[]).map((name) => (
            <label key={name}>
              <input type="radio" name="format" checked={format === name} onChange={() => setFormat(name)} />
              {formats[name]}
            </label>
          ))}
        </fieldset>
        <fieldset className={styles.choice}>
          <legend>{words.colours}</legend>
          {themes.map((name) => (
            <label key={name}>
              <input type="radio" name="theme" checked={theme === name} onChange={() => setTheme(name)} />
              {words.themes[name]}
            </label>
          ))}
        </fieldset>
      </div>
      <p className={styles.hint}>{words.hints[format]}</p>
      <img
        className={styles.preview}
        alt={words.preview(pipeline.name)}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(sceneSvg(scene))}`}
      />
    </Modal>
  );
}
