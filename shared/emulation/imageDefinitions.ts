import { ActionFailure } from '../providers/host.ts';
import { reading } from './inputFiles.ts';
import { member, readJson } from './readData.ts';

/** What ECS deploys read (reference/actions.md, "Files that travel between actions"). */

export interface ContainerImage {
  name: string;
  imageUri: string;
}

/** The limit of an image definitions file (reference/actions.md, "Artifact size limits"). */
export const MAX_IMAGE_DEFINITIONS_BYTES = 100 * 1024;

/** An image as ECS takes it: a repository, a tag or a digest, without spaces or placeholders. */
export const isImage = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}$/.test(text);

/** Failures that AWS words "Invalid action configuration: …". */
export const invalidConfiguration = (message: string, fix: string): ActionFailure =>
  new ActionFailure('ConfigurationError', `Invalid action configuration: ${message}`, fix);

/** @throws ActionFailure `ConfigurationError` as AWS words it. */
export function readImageDefinitions(text: string, fileName: string): ContainerImage[] {
  const list = reading(
    () => ({
      code: 'ConfigurationError',
      message: `Invalid action configuration: The image definition file ${fileName} contains invalid JSON format`,
    }),
    () => readJson(text),
  );
  const invalid = (fix: string) =>
    invalidConfiguration(`The image definition file ${fileName} contains invalid JSON format`, fix);
  if (!Array.isArray(list)) {
    throw invalid(
      member(list, 'ImageURI') === undefined
        ? 'Write a list: [{"name":"web","imageUri":"…"}].'
        : 'This is an imageDetail.json, which only blue/green deploys (CodeDeployToECS) take. Write [{"name":"web","imageUri":"…"}].',
    );
  }
  if (list.length === 0) throw invalid('Name at least one container: [{"name":"web","imageUri":"…"}].');
  const images = list.map((item, index) => {
    const [name, imageUri] = [member(item, 'name'), member(item, 'imageUri')];
    if (typeof name !== 'string' || typeof imageUri !== 'string' || name === '' || imageUri === '') {
      throw invalidConfiguration(
        `The image definition file ${fileName} contains null values`,
        `Give entry ${index + 1} a name and an imageUri; both are texts.`,
      );
    }
    if (!isImage(imageUri)) {
      throw new ActionFailure(
        'JobFailed',
        'Container.image contains invalid characters. (ClientException)',
        `The image of container ${name} is "${imageUri.slice(0, 200)}": write repository:tag or repository@digest.`,
      );
    }
    return { name, imageUri };
  });
  const twice = images.find(({ name }, index) => images.findIndex((other) => other.name === name) !== index);
  if (twice) throw invalid(`Name container ${twice.name} once.`);
  return images;
}
