/** The colours of a picture: the window's own (renderer/theme/tokens.css), for either theme whichever the window shows. */
const light = {
  canvas: '#eef1f4',
  lane: '#f8fafb',
  raised: '#ffffff',
  hairline: '#dde2e8',
  'line-strong': '#c6ced7',
  ink: '#17202b',
  'ink-2': '#586474',
  pipe: '#808c9b',
  source: '#5b6fd6',
  build: '#b0681b',
  test: '#8a4fc0',
  deploy: '#1f8a5c',
  approval: '#b0457a',
  compute: '#4c6b86',
  invoke: '#a17a00',
};
export type Palette = typeof light;
const dark: Palette = {
  canvas: '#0e1217',
  lane: '#141920',
  raised: '#1d232c',
  hairline: '#29313c',
  'line-strong': '#3b4654',
  ink: '#e6ebf1',
  'ink-2': '#9aa7b6',
  pipe: '#5f6d7c',
  source: '#9aa8ff',
  build: '#f0a65a',
  test: '#c79bf2',
  deploy: '#62d0a0',
  approval: '#f08fbc',
  compute: '#9db8d0',
  invoke: '#e3c14f',
};
export const palettes = { light, dark } as const;
export type PictureTheme = keyof typeof palettes;
