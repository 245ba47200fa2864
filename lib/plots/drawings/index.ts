/** The drawings that lessons open with, one file a drawing; a cell shows one by its last line, `gan.drawings.theGame()`. */
export { convolution } from "./convolution";
export { theGame } from "./theGame";
