import { answer } from "./answer";
import { commands } from "./bindings";

/** Files that pages give to the person. */
export interface FilesHost {
  /** Keeps a file in the folder for downloads, beside what is there. Answers where it is. */
  saveFile(name: string, content: Blob): Promise<string>;
}

/** The calls to the shell. */
export const filesShell: FilesHost = {
  saveFile: async (name, content) =>
    answer(commands.saveFile(name, Array.from(new Uint8Array(await content.arrayBuffer())))),
};
