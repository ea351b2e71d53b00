// Runs models with ONNX Runtime: `node run.mjs JOBS`, where JOBS is a JSON file
//   [{ "model": path, "inputs": { name: { "type": "float32" | "float64" | "string", "dims": [...], "data": [...] } } }, ...]
// Writes, for each job, { name: { "type", "dims", "data" } } of every output, or { "error": text }, to standard output.
// Numbers that JSON lacks are texts: "NaN", "Infinity", "-Infinity".
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';

const arrays = { float32: Float32Array, float64: Float64Array };

const toTensor = ({ type, dims, data }) =>
  new ort.Tensor(type, type === 'string' ? data : arrays[type].from(data, Number), dims);

const toJson = (value) => {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
};

const results = [];
for (const job of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    const session = await ort.InferenceSession.create(job.model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
    const feeds = Object.fromEntries(Object.entries(job.inputs).map(([name, input]) => [name, toTensor(input)]));
    const outputs = await session.run(feeds);
    results.push(Object.fromEntries(Object.entries(outputs).map(
      ([name, { type, dims, data }]) => [name, { type, dims, data: Array.from(data, toJson) }])));
  } catch (error) {
    results.push({ error: String(error.message ?? error) });
  }
}

process.stdout.write(JSON.stringify(results));
