import { createContext, useContext } from 'react';
import type { Namespace } from '../../../shared/references/variableScope.ts';

const none: readonly Namespace[] = [];
const Scope = createContext<readonly Namespace[]>(none);

/** The variables that can be referred to by the fields inside; without it fields complete nothing. */
export const VariableScope = Scope.Provider;
export const useVariableScope = (): readonly Namespace[] => useContext(Scope);
