/** The element id of a card, for aria-activedescendant. Names hold only letters, digits and . @ - _, but a text may say anything. */
export const cardId = (where: string): string => `card-${where.replace(/[^\w.@/-]/g, '_').replace('/', '--')}`;
