// One piece of work for a system that runs in Node.js: the words of the command line, its data, and the timed window.
import { readFileSync } from "node:fs";

// Of processor time: V8 compiles what is hot once more beside the work.
const WARM_UP = 0.6;
export const CHECK_ROWS = 4096;

export function jobOfCommandLine() {
  const words = Object.fromEntries(process.argv.slice(2).map((word) => word.split("=", 2)));
  const job = { ...words, shape: words.shape.split(",").map(Number), isRegression: words.loss === "squared" };
  for (const word of ["batch", "rows", "check", "threads", "rate", "seconds"]) {
    if (word in words) job[word] = Number(words[word]);
  }
  return job;
}

function bytesOf(job, part) {
  const file = readFileSync(`${job.data}/${job.name}.${part}`);
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
}

export const inputs = (job) => new Float32Array(bytesOf(job, "x"));

export const targets = (job) => (job.isRegression ? new Float32Array(bytesOf(job, "y")) : new Int32Array(bytesOf(job, "y")));

/** [W [in, out], b [out]] of each layer. */
export function parameters(job) {
  const flat = new Float32Array(bytesOf(job, "p"));
  const layers = [];
  let at = 0;
  for (let k = 1; k < job.shape.length; k++) {
    const [from, to] = [job.shape[k - 1], job.shape[k]];
    layers.push([flat.slice(at, at + from * to), flat.slice(at + from * to, at + from * to + to)]);
    at += from * to + to;
  }
  return layers;
}

/** The bounds of the batches, epoch after epoch, in the rows' own order, without an end. */
export function* batches(job) {
  for (;;) {
    for (let start = 0; start < job.rows; start += job.batch) yield [start, Math.min(start + job.batch, job.rows)];
  }
}

const processorSeconds = () => {
  const usage = process.cpuUsage();
  return (usage.user + usage.system) / 1e6;
};

/** A function that says whether the warm-up is over. */
export function warmUp() {
  const [begin, processor] = [performance.now(), processorSeconds()];
  return () => processorSeconds() - processor >= WARM_UP || performance.now() - begin >= WARM_UP * 4000;
}

/** Calls step(start, stop), which may be asynchronous, through a warm-up and then for a window; gives the rates. */
export async function timed(job, step) {
  const order = batches(job);
  const warm = warmUp();
  while (!warm()) await step(...order.next().value);
  let [rows, steps, seconds] = [0, 0, 0];
  const processor = processorSeconds();
  const begin = performance.now();
  do {
    const [start, stop] = order.next().value;
    await step(start, stop);
    rows += stop - start;
    steps++;
    seconds = (performance.now() - begin) / 1000;
  } while (seconds < job.seconds);
  const used = processorSeconds() - processor;
  return { rows_per_second: rows / seconds, steps_per_second: steps / seconds, rows_per_processor_second: rows / used, seconds };
}
