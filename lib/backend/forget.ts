import v8 from "node:v8";
import vm from "node:vm";
import type * as tfjs from "@tensorflow/tfjs";

/** So many bytes of new variables make it worth while to look for those that nobody can reach any more. */
const LOOK_AFTER_BYTES = 4e6;
/** TensorFlow.js keeps the last 100 networks that were applied, with all their layers; a game needs a few. */
const NETWORKS_KEPT = 8;

/** Where a variable's data is; it outlives the variable. */
type Place = Pick<tfjs.Tensor, "dtype" | "size" | "shape"> & { dataId: object };

/**
 * Frees variables that nothing can reach: TensorFlow.js lists each until it is disposed, so that a cell that makes a game and
 * runs again would keep every game it ever made. The list holds them weakly from here on, and their memory goes with them.
 */
export function forgetUnreachable(tf: typeof tfjs): void {
  const places = new WeakMap<object, Place>();
  const free = new FinalizationRegistry<Place>((place) => {
    tf.engine().disposeTensor(place as unknown as tfjs.Tensor);
  });
  const collect = collector();
  let made = 0;
  const state = tf.engine().state as unknown as Record<string, unknown>;
  state["registeredVariables"] = weakRecord<tfjs.Variable>(
    state["registeredVariables"] as Record<string, tfjs.Variable>,
    (variable) => {
      const { dataId, dtype, size, shape } = variable;
      const place: Place = { dataId, dtype, size, shape };
      places.set(variable, place);
      free.register(variable, place, variable);
      made += size * 4;
      if (made < LOOK_AFTER_BYTES) return;
      made = 0;
      setImmediate(collect).unref();
    },
    (variable) => free.unregister(variable),
  );
  const prototype = tf.Variable.prototype as {
    assign: (this: tfjs.Variable, value: tfjs.Tensor) => void;
  };
  const { assign } = prototype;
  prototype.assign = function (this: tfjs.Variable, value) {
    assign.call(this, value);
    const place = places.get(this);
    if (place !== undefined) place.dataId = this.dataId;
  };
  tf.env().set("TOPOLOGICAL_SORT_CACHE_MAX_ENTRIES", NETWORKS_KEPT);
}

/** The garbage collector, which does not know how much native memory hangs on an object. */
function collector(): () => void {
  v8.setFlagsFromString("--expose-gc");
  return vm.runInNewContext("gc") as () => void;
}

/** A record that holds its values weakly. A deleted value is gone for it, though others may still hold it. */
function weakRecord<Value extends object>(
  before: Record<string, Value>,
  added: (value: Value) => void,
  removed: (value: Value) => void,
): Record<string, Value> {
  const held = new Map<string, WeakRef<Value>>();
  const get = (key: string | symbol): Value | undefined => held.get(key as string)?.deref();
  const record = new Proxy<Record<string, Value>>(
    {},
    {
      get: (_, key) => get(key),
      has: (_, key) => get(key) !== undefined,
      set(_, key, value: Value) {
        held.set(key as string, new WeakRef(value));
        added(value);
        return true;
      },
      deleteProperty(_, key) {
        const value = get(key);
        if (value !== undefined) removed(value);
        return held.delete(key as string) || true;
      },
      ownKeys() {
        for (const [key, value] of held) if (value.deref() === undefined) held.delete(key);
        return [...held.keys()];
      },
      getOwnPropertyDescriptor(_, key) {
        const value = get(key);
        return value && { value, writable: true, enumerable: true, configurable: true };
      },
    },
  );
  for (const [key, value] of Object.entries(before)) record[key] = value;
  return record;
}
