// TensorFlow.js's side, on its WebAssembly or its plain JavaScript backend (word backend=wasm or cpu).
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import * as wasm from "@tensorflow/tfjs-backend-wasm";
import { CHECK_ROWS, batches, inputs, jobOfCommandLine, parameters, targets, timed } from "./work.mjs";

const job = jobOfCommandLine();
if (job.backend === "wasm") {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  wasm.setWasmPaths(`${folder}/node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/`);
  if (job.threads > 0) wasm.setThreadsCount(job.threads);
}
await tf.setBackend(job.backend);
await tf.ready();

const outputs = job.shape.at(-1);
const [xs, ys] = [inputs(job), targets(job)];
const layers = parameters(job).map(([w, b], k) => [
  tf.variable(tf.tensor2d(w, [job.shape[k], job.shape[k + 1]])),
  tf.variable(tf.tensor1d(b)),
]);
const optimizer = job.optimizer === "adam" ? tf.train.adam(job.rate, 0.9, 0.999, 1e-8) : tf.train.sgd(job.rate);

function network(x) {
  layers.forEach(([w, b], k) => {
    x = x.matMul(w).add(b);
    if (k < layers.length - 1) x = job.activation === "tanh" ? x.tanh() : x.relu();
  });
  return x;
}

function lossOf(x, y) {
  const u = network(x);
  return job.isRegression ? u.sub(y).square().mean().mul(0.5) : tf.losses.softmaxCrossEntropy(y, u);
}

// Tensors of each batch are made once: nobody pays for copying them in a step.
const parts = new Map();
function part(start, stop) {
  if (!parts.has(start)) {
    const x = tf.tensor2d(xs.subarray(start * job.shape[0], stop * job.shape[0]), [stop - start, job.shape[0]]);
    const y = job.isRegression
      ? tf.tensor2d(ys.subarray(start * outputs, stop * outputs), [stop - start, outputs])
      : tf.tidy(() => tf.oneHot(tf.tensor1d(ys.subarray(start, stop), "int32"), outputs).toFloat());
    parts.set(start, [x, y]);
  }
  return parts.get(start);
}

function step(start, stop) {
  const [x, y] = part(start, stop);
  tf.tidy(() => void optimizer.minimize(() => lossOf(x, y)));
}

const order = batches(job);
for (let i = 0; i < job.check; i++) step(...order.next().value);
const rows = Math.min(CHECK_ROWS, job.rows);
const [loss] = await tf.tidy(() => {
  const x = tf.tensor2d(xs.subarray(0, rows * job.shape[0]), [rows, job.shape[0]]);
  const y = job.isRegression
    ? tf.tensor2d(ys.subarray(0, rows * outputs), [rows, outputs])
    : tf.oneHot(tf.tensor1d(ys.subarray(0, rows), "int32"), outputs).toFloat();
  return lossOf(x, y);
}).data();
console.log(JSON.stringify({ ...(await timed(job, step)), loss }));
