/** A program that downloads one file: <file> <url> <expected as JSON>. */
import { downloadFile } from "gan-lib/dist/data/download";
import type { FileSource } from "gan-lib/dist/data/sources";

const [file = "", url = "", expected = "{}"] = process.argv.slice(2);
void downloadFile(file, [url], JSON.parse(expected) as FileSource);
