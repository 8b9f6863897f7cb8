import { Component, type ErrorInfo, type ReactNode } from 'react';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import styles from './ErrorBoundary.module.css';

/** Keeps a fault in one part from taking the window with it: the documents are in their store and stay. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }
  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const say = strings.app.fault;
    return (
      <div className={styles.fault} role="alert">
        <h2>{say.title}</h2>
        <p>{say.what}</p>
        <pre>{error.stack ?? error.message}</pre>
        <Button onClick={() => this.setState({ error: undefined })}>{say.again}</Button>
      </div>
    );
  }
}
