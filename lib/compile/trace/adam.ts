/** Adam's update as the one kernel that TensorFlow has for it, where tf.js takes some twelve a variable. */
import * as tf from "../../backend/tf";
import { traceableBackend, type Binding, type TensorMetadata } from "../native";
import type { KernelAttribute } from "../../backend/kernels";
import { withUndo } from "../../backend/undo";

/** TensorFlow's name for a resource without a name, which ends with its last handle. */
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/** What tf.js keeps in an Adam optimizer. */
interface AdamFields {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** beta1 and beta2 to the power of the number of the update that comes next. */
  readonly accBeta1: tf.Variable;
  readonly accBeta2: tf.Variable;
  readonly accumulatedFirstMoment: Slot[];
  readonly accumulatedSecondMoment: Slot[];
  incrementIterations(): void;
}

interface Slot {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/** The kernel's name; its first inputs are handles of the variable and its moments, which it writes. */
export const ADAM_KERNEL = "ResourceApplyAdam";

/** The kernel's attributes: float32, no locks, no Nesterov. */
export function adamAttributes(binding: Binding): KernelAttribute[] {
  const flag = (name: string): KernelAttribute => ({
    name,
    type: binding.TF_ATTR_BOOL,
    value: false,
  });
  return [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    flag("use_locking"),
    flag("use_nesterov"),
  ];
}

type Gradients = Parameters<tf.Optimizer["applyGradients"]>[0];

/** What listens to Adam's updates while a step is traced. */
export interface AdamListener {
  /** Notes an update of a variable and its two moments; tensors go by their native ids. */
  adamUpdated(
    variables: readonly tf.Variable[],
    inputs: readonly number[],
    outputs: readonly TensorMetadata[],
  ): void;
}

/** Runs `body` while Adam optimizers update by TensorFlow's kernel, and reports each update. */
export function listenToAdam<Result>(listener: AdamListener, body: () => Result): Result {
  const { prototype } = tf.AdamOptimizer;
  const before = Object.getOwnPropertyDescriptor(prototype, "applyGradients") as PropertyDescriptor;
  const update = updateWith(listener);
  const applyGradients = function (this: AdamFields, gradients: Gradients): void {
    applyAdam(this, gradients, update);
  };
  Object.defineProperty(prototype, "applyGradients", { ...before, value: applyGradients });
  return withUndo(() => {
    Object.defineProperty(prototype, "applyGradients", before);
  }, body);
}

type Update = (
  variables: readonly tf.Variable[],
  scalars: readonly tf.Tensor[],
  gradient: tf.Tensor,
) => void;

/**
 * One update of all variables (Kingma and Ba, arXiv 1412.6980, algorithm 1). TensorFlow adds its epsilon to the root of
 * the uncorrected second moment; tf.js's epsilon, times the correction's root, is the same step. What differs is rounding,
 * above all 1 - beta2: TensorFlow takes it in float32, where 1 - 0.999 is off by 5e-5 of its value, and so an early step by
 * half of that.
 */
function applyAdam(adam: AdamFields, gradients: Gradients, update: Update): void {
  const entries = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  tf.tidy(() => {
    const epsilon = tf.mul(tf.sqrt(tf.sub(1, adam.accBeta2)), adam.epsilon);
    const scalars = [
      adam.accBeta1,
      adam.accBeta2,
      tf.scalar(adam.learningRate),
      tf.scalar(adam.beta1),
      tf.scalar(adam.beta2),
      epsilon,
    ];
    entries.forEach(({ name, tensor }, index) => {
      const variable = tf.engine().registeredVariables[name] as tf.Variable;
      const first = slotOf(adam.accumulatedFirstMoment, index, variable, `${name}/m`);
      const second = slotOf(adam.accumulatedSecondMoment, index, variable, `${name}/v`);
      if ((tensor as tf.Tensor | null) !== null) update([variable, first, second], scalars, tensor);
    });
    adam.accBeta1.assign(tf.mul(adam.accBeta1, adam.beta1));
    adam.accBeta2.assign(tf.mul(adam.accBeta2, adam.beta2));
  });
  adam.incrementIterations();
}

function slotOf(
  slots: Slot[],
  index: number,
  variable: tf.Variable,
  originalName: string,
): tf.Variable {
  const slot = (slots[index] ??= {
    originalName,
    variable: tf.tidy(() => tf.zerosLike(variable).variable(false)),
  });
  return slot.variable;
}

/** The update that runs, and is reported as one kernel. To be made before anything else listens to the backend. */
function updateWith(listener: AdamListener): Update {
  const backend = traceableBackend();
  const { binding } = backend;
  return (variables, scalars, gradient) => {
    const inputs = backend.getInputTensorIds([...variables, ...scalars, gradient]);
    const outputs = runAdam(binding, variables[0]?.shape ?? [], inputs);
    listener.adamUpdated(variables, inputs, outputs);
    outputs.forEach((output, i) => variables[i]?.assign(backend.createOutputTensor(output)));
  };
}

/** Runs the kernel on copies: it writes in place, and the values that it is given may be in use elsewhere. */
function runAdam(
  binding: Binding,
  shape: readonly number[],
  inputs: readonly number[],
): TensorMetadata[] {
  const dtype = { name: "dtype", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  const text = (name: string, value: string): KernelAttribute => ({
    name,
    type: binding.TF_ATTR_STRING,
    value,
  });
  const handleAttributes = [
    dtype,
    { name: "shape", type: binding.TF_ATTR_SHAPE, value: shape },
    text("container", ""),
    text("shared_name", ANONYMOUS),
  ];
  const handles = inputs.slice(0, 3).map((id) => {
    const handle = (binding.executeOp("VarHandleOp", handleAttributes, [], 1)[0] as TensorMetadata)
      .id;
    binding.executeOp("AssignVariableOp", [dtype], [handle, id], 0);
    return handle;
  });
  binding.executeOp(ADAM_KERNEL, adamAttributes(binding), [...handles, ...inputs.slice(3)], 0);
  return handles.map((handle) => {
    const [value] = binding.executeOp("ReadVariableOp", [dtype], [handle], 1) as [TensorMetadata];
    binding.deleteTensor(handle);
    return value;
  });
}
