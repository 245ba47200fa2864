/** A graph as a SavedModel, the form in which the native binding takes one. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../../backend/files";
import type { KernelAttribute } from "../../backend/kernels";
import type { ConstantValue, GraphNode } from "./graph";
import { traceableBackend } from "../native";
import {
  messages,
  type AttrValue,
  type ListValue,
  type NodeDef,
  type Tensor,
  type TensorShape,
} from "./protobuf";

/** The graph version of TensorFlow 2.9, whose kernels tfjs-node 4 calls. */
const GRAPH_VERSION = 1087;
const TAG = "serve";

/**
 * Hands a graph to TensorFlow.
 *
 * @returns The session's number; free it by `deleteSavedModel`.
 * @throws Error when TensorFlow does not take the graph.
 */
export function loadGraph(nodes: readonly GraphNode[]): number {
  const folder = temporaryFolder("gan-lib-step");
  try {
    writeFileSync(path.join(folder, "saved_model.pb"), savedModel(nodes));
    return traceableBackend().binding.loadSavedModel(folder, TAG);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function savedModel(nodes: readonly GraphNode[]): Uint8Array {
  const versions = new (messages().VersionDef)();
  versions.setProducer(GRAPH_VERSION);
  const graph = new (messages().GraphDef)();
  graph.setVersions(versions);
  graph.setNodeList(nodes.map(nodeDef));
  const info = new (messages().MetaGraphDef.MetaInfoDef)();
  info.setTagsList([TAG]);
  const metaGraph = new (messages().MetaGraphDef)();
  metaGraph.setMetaInfoDef(info);
  metaGraph.setGraphDef(graph);
  const model = new (messages().SavedModel)();
  model.setSavedModelSchemaVersion(1);
  model.setMetaGraphsList([metaGraph]);
  return model.serializeBinary();
}

function nodeDef({ name, op, attributes, inputs, constant }: GraphNode): NodeDef {
  const node = new (messages().NodeDef)();
  node.setName(name);
  node.setOp(op);
  node.setInputList(inputs);
  for (const attribute of attributes) node.getAttrMap().set(attribute.name, attrValue(attribute));
  if (constant !== undefined) {
    const value = new (messages().AttrValue)();
    value.setTensor(tensorProto(constant));
    node.getAttrMap().set("value", value);
  }
  return node;
}

function tensorShape(sizes: readonly number[]): TensorShape {
  const shape = new (messages().TensorShape)();
  for (const size of sizes) shape.addDim().setSize(size);
  return shape;
}

function tensorProto({ dtype, shape, bytes }: ConstantValue): Tensor {
  const tensor = new (messages().Tensor)();
  tensor.setDtype(dtype);
  tensor.setTensorShape(tensorShape(shape));
  tensor.setTensorContent(bytes);
  return tensor;
}

/** One attribute, in the form that the binding gives it to a kernel. */
function attrValue({ type, value }: KernelAttribute): AttrValue {
  const { TF_ATTR_STRING, TF_ATTR_TYPE, TF_ATTR_SHAPE } = traceableBackend().binding;
  const attribute = new (messages().AttrValue)();
  if (type === TF_ATTR_SHAPE) attribute.setShape(tensorShape(value as number[]));
  else if (type === TF_ATTR_TYPE) attribute.setType(value as number);
  else if (type === TF_ATTR_STRING) attribute.setS(Buffer.from(value as string));
  else if (Array.isArray(value)) attribute.setList(listValue(type, value));
  else setNumber(attribute, type, value);
  return attribute;
}

function setNumber(attribute: AttrValue, type: number, value: unknown): void {
  const { TF_ATTR_INT, TF_ATTR_FLOAT } = traceableBackend().binding;
  if (type === TF_ATTR_INT) attribute.setI(value as number);
  else if (type === TF_ATTR_FLOAT) attribute.setF(value as number);
  else attribute.setB(value as boolean);
}

function listValue(type: number, values: unknown[]): ListValue {
  const { TF_ATTR_INT, TF_ATTR_FLOAT } = traceableBackend().binding;
  const list = new (messages().AttrValue.ListValue)();
  if (type === TF_ATTR_INT) list.setIList(values as number[]);
  else if (type === TF_ATTR_FLOAT) list.setFList(values as number[]);
  else list.setBList(values as boolean[]);
  return list;
}
