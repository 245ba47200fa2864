/** The messages of TensorFlow's graph format, which tfjs-node ships without types: what a graph needs of them. */

/** The size of each dimension. */
export interface TensorShape {
  addDim(): { setSize(size: number): void };
}

/** The values of a constant. */
export interface Tensor {
  setDtype(dtype: number): void;
  setTensorShape(shape: TensorShape): void;
  setTensorContent(bytes: Uint8Array): void;
}

/** A list of numbers or booleans. */
export interface ListValue {
  setIList(values: number[]): void;
  setFList(values: number[]): void;
  setBList(values: boolean[]): void;
}

/** An attribute of an operation. */
export interface AttrValue {
  setS(bytes: Uint8Array): void;
  setI(value: number): void;
  setF(value: number): void;
  setB(value: boolean): void;
  setType(dtype: number): void;
  setShape(shape: TensorShape): void;
  setTensor(tensor: Tensor): void;
  setList(list: ListValue): void;
}

/** An operation. */
export interface NodeDef {
  setName(name: string): void;
  setOp(op: string): void;
  setInputList(inputs: readonly string[]): void;
  getAttrMap(): { set(name: string, value: AttrValue): void };
}

interface VersionDef {
  setProducer(version: number): void;
}

interface GraphDef {
  setVersions(versions: VersionDef): void;
  setNodeList(nodes: NodeDef[]): void;
}

interface MetaInfoDef {
  setTagsList(tags: string[]): void;
}

interface MetaGraphDef {
  setMetaInfoDef(info: MetaInfoDef): void;
  setGraphDef(graph: GraphDef): void;
}

interface SavedModel {
  setSavedModelSchemaVersion(version: number): void;
  setMetaGraphsList(graphs: MetaGraphDef[]): void;
  serializeBinary(): Uint8Array;
}

interface Messages {
  readonly TensorShape: new () => TensorShape;
  readonly Tensor: new () => Tensor;
  readonly AttrValue: (new () => AttrValue) & { readonly ListValue: new () => ListValue };
  readonly NodeDef: new () => NodeDef;
  readonly VersionDef: new () => VersionDef;
  readonly GraphDef: new () => GraphDef;
  readonly MetaGraphDef: (new () => MetaGraphDef) & { readonly MetaInfoDef: new () => MetaInfoDef };
  readonly SavedModel: new () => SavedModel;
}

let loaded: Messages | undefined;

/** The message classes, loaded when the first graph is made. */
export function messages(): Messages {
  loaded ??= require("@tensorflow/tfjs-node-gpu/dist/proto/api_pb") as Messages;
  return loaded;
}
