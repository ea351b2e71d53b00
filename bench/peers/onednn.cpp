// The matrix products of one training step and nothing else, by oneDNN: no bias, no activation, no loss, no update.
// U = X W of every layer, dW = X' dU of every layer, dX = dU W' of every layer but the first.
// Two ways are timed and the faster is given: inner products whose matrices lie however oneDNN likes best (reordering
// them not counted), and its plain sgemm. Build: g++ -O2 onednn.cpp -ldnnl; run with OMP_NUM_THREADS set.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <oneapi/dnnl/dnnl.hpp>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

using namespace dnnl;
using Clock = std::chrono::steady_clock;
using Tag = memory::format_tag;

static engine cpu(engine::kind::cpu, 0);
static stream queue(cpu);

struct Step {
  std::vector<primitive> primitives;
  std::vector<std::unordered_map<int, memory>> arguments;

  void run() {
    for (size_t i = 0; i < primitives.size(); i++) primitives[i].execute(queue, arguments[i]);
    queue.wait();
  }
};

static memory filled(const memory::desc& desc) {
  memory made(desc, cpu);
  float* values = static_cast<float*>(made.get_data_handle());
  for (size_t i = 0; i < desc.get_size() / sizeof(float); i++) values[i] = 0.01f * static_cast<float>(i % 17) - 0.08f;
  return made;
}

static memory::desc any(memory::dims dims) { return {dims, memory::data_type::f32, Tag::any}; }

static Step inner_products(long batch, const std::vector<long>& shape) {
  Step step;
  for (size_t k = 1; k < shape.size(); k++) {
    const auto x = any({batch, shape[k - 1]}), w = any({shape[k], shape[k - 1]}), u = any({batch, shape[k]});
    const inner_product_forward::primitive_desc forward({prop_kind::forward_training, x, w, u}, cpu);
    step.primitives.push_back(inner_product_forward(forward));
    step.arguments.push_back({{DNNL_ARG_SRC, filled(forward.src_desc())},
                              {DNNL_ARG_WEIGHTS, filled(forward.weights_desc())},
                              {DNNL_ARG_DST, filled(forward.dst_desc())}});
    const inner_product_backward_weights::primitive_desc weights({x, w, u}, cpu, forward);
    step.primitives.push_back(inner_product_backward_weights(weights));
    step.arguments.push_back({{DNNL_ARG_SRC, filled(weights.src_desc())},
                              {DNNL_ARG_DIFF_DST, filled(weights.diff_dst_desc())},
                              {DNNL_ARG_DIFF_WEIGHTS, filled(weights.diff_weights_desc())}});
    if (k == 1) continue;
    const inner_product_backward_data::primitive_desc data({x, w, u}, cpu, forward);
    step.primitives.push_back(inner_product_backward_data(data));
    step.arguments.push_back({{DNNL_ARG_DIFF_SRC, filled(data.diff_src_desc())},
                              {DNNL_ARG_WEIGHTS, filled(data.weights_desc())},
                              {DNNL_ARG_DIFF_DST, filled(data.diff_dst_desc())}});
  }
  return step;
}

struct Layer {
  long in, out;
  std::vector<float> x, w, u, dw, dx;
};

static std::function<void()> sgemms(long batch, const std::vector<long>& shape) {
  auto layers = std::make_shared<std::vector<Layer>>();
  for (size_t k = 1; k < shape.size(); k++) {
    const long in = shape[k - 1], out = shape[k];
    layers->push_back({in, out, std::vector<float>(batch * in, 0.03f), std::vector<float>(in * out, 0.02f),
                       std::vector<float>(batch * out, 0.01f), std::vector<float>(in * out), std::vector<float>(batch * in)});
  }
  return [layers, batch] {
    for (auto& l : *layers) {
      dnnl_sgemm('N', 'N', batch, l.out, l.in, 1, l.x.data(), l.in, l.w.data(), l.out, 0, l.u.data(), l.out);
      dnnl_sgemm('T', 'N', l.in, l.out, batch, 1, l.x.data(), l.in, l.u.data(), l.out, 0, l.dw.data(), l.out);
      if (&l != &layers->front())
        dnnl_sgemm('N', 'T', batch, l.in, l.out, 1, l.u.data(), l.out, l.w.data(), l.out, 0, l.dx.data(), l.in);
    }
  };
}

static double processor_seconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

struct Rate {
  double steps, per_processor, seconds;
};

static Rate rate(const std::function<void()>& step, double warm_up, double seconds) {
  auto begin = Clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
  while (elapsed() < warm_up) step();
  const double processor = processor_seconds();
  begin = Clock::now();
  long steps = 0;
  double took;
  do {
    step();
    steps++;
  } while ((took = elapsed()) < seconds);
  return {steps / took, steps / (processor_seconds() - processor), took};
}

int main(int argc, char** argv) {
  std::map<std::string, std::string> words;
  for (int i = 1; i < argc; i++) {
    const std::string word = argv[i];
    words[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
  }
  std::vector<long> shape;
  std::stringstream widths(words["shape"]);
  for (std::string width; std::getline(widths, width, ',');) shape.push_back(std::stol(width));
  const long batch = std::stol(words["batch"]);
  const double seconds = std::stod(words["seconds"]);

  Step step = inner_products(batch, shape);
  const std::function<void()> inner = [&] { step.run(); }, gemm = sgemms(batch, shape);
  const Rate quick_inner = rate(inner, 0.1, 0.15), quick_gemm = rate(gemm, 0.1, 0.15);
  const bool is_gemm = quick_gemm.per_processor > quick_inner.per_processor;
  const Rate best = rate(is_gemm ? gemm : inner, 0.05, seconds);
  printf("{\"rows_per_second\": %.6g, \"steps_per_second\": %.6g, \"rows_per_processor_second\": %.6g, \"seconds\": %.4g, \"way\": \"%s\"}\n",
         best.steps * batch, best.steps, best.per_processor * batch, best.seconds, is_gemm ? "sgemm" : "inner product");
}
