// ONNX Runtime's side of inference, on the model file that Backprop saved or on the network cut out of it.
// All tensors are made before the clock starts; each call is one awaited session.run, as a program would make it.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import * as ort from "onnxruntime-node";
import { inputs, jobOfCommandLine, warmUp } from "./work.mjs";

const DISTINCT = 64;
const job = jobOfCommandLine();
const threads = Math.max(job.threads, 1);
const file = `${job.data}/${job.name}.${job.part === "model" ? "onnx" : "network.onnx"}`;
const session = await ort.InferenceSession.create(file, {
  intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: "sequential", graphOptimizationLevel: "all", logSeverityLevel: 3,
});

async function columnsOf(rows) {
  const columns = session.inputNames.map(() => []);
  let places;
  for await (const line of createInterface(createReadStream(`${job.data}/${job.name}.csv`))) {
    const cells = line.split(",");
    if (!places) places = session.inputNames.map((name) => cells.indexOf(name));
    else places.forEach((place, i) => columns[i].push(Number(cells[place])));
    if (columns[0].length === rows) break;
  }
  return columns;
}

async function feeds() {
  const count = job.batch === 1 ? DISTINCT : 1;
  const made = [];
  const columns = job.part === "model" ? await columnsOf(count * job.batch) : [];
  const all = job.part === "model" ? [] : inputs(job);
  const width = job.shape[0];
  for (let i = 0; i < count; i++) {
    const [from, to] = [i * job.batch, (i + 1) * job.batch];
    made.push(job.part === "model"
      ? Object.fromEntries(session.inputNames.map((name, c) =>
        [name, new ort.Tensor("float32", Float32Array.from(columns[c].slice(from, to)), [job.batch, 1])]))
      : { [session.inputNames[0]]: new ort.Tensor("float32", all.slice(from * width, to * width), [job.batch, width]) });
  }
  return made;
}

const batches = await feeds();
let calls = 0;
const warm = warmUp();
while (!warm()) await session.run(batches[calls++ % batches.length]);

const times = [];
const usage = process.cpuUsage();
const begin = performance.now();
let now = begin;
while (now - begin < job.seconds * 1000) {
  const before = now;
  await session.run(batches[times.length % batches.length]);
  now = performance.now();
  times.push(now - before);
}
const used = process.cpuUsage(usage);
const rows = times.length * job.batch;
times.sort((a, b) => a - b);
const { probabilities } = await session.run(batches[0]);
console.log(JSON.stringify({
  rows_per_second: rows / ((now - begin) / 1000),
  rows_per_processor_second: rows / ((used.user + used.system) / 1e6),
  p50: times[times.length >> 1] * 1000,
  p99: times[Math.floor((times.length * 99) / 100)] * 1000,
  seconds: job.seconds,
  loss: probabilities.data[0],
}));
