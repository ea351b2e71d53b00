// FANN's side. FANN has no batches between one row and all rows, no softmax and no Adam, so this is not the same work:
// it descends by the squared error, with one-hot targets where there are classes, row by row (word mode=rows) or with one
// step for all rows (mode=all). Build: g++ -O2 fann_train.cpp -lfloatfann
#include <floatfann.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using Clock = std::chrono::steady_clock;

template <typename T>
static std::vector<T> read(const std::string& path, size_t count) {
  std::vector<T> values(count);
  std::ifstream(path, std::ios::binary).read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
  return values;
}

static double processor_seconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

int main(int argc, char** argv) {
  std::map<std::string, std::string> words;
  for (int i = 1; i < argc; i++) {
    const std::string word = argv[i];
    words[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
  }
  std::vector<unsigned> shape;
  std::stringstream widths(words["shape"]);
  for (std::string width; std::getline(widths, width, ',');) shape.push_back(std::stoul(width));
  const unsigned rows = std::stoul(words["rows"]), inputs = shape.front(), outputs = shape.back();
  const double seconds = std::stod(words["seconds"]);
  const std::string path = words["data"] + "/" + words["name"] + ".";
  const bool by_row = words["mode"] == "rows";

  std::vector<float> x = read<float>(path + "x", static_cast<size_t>(rows) * inputs), y;
  if (words["loss"] == "squared") {
    y = read<float>(path + "y", static_cast<size_t>(rows) * outputs);
  } else {
    const std::vector<int> classes = read<int>(path + "y", rows);
    y.assign(static_cast<size_t>(rows) * outputs, 0);
    for (unsigned row = 0; row < rows; row++) y[row * outputs + classes[row]] = 1;
  }

  fann* network = fann_create_standard_array(shape.size(), shape.data());
  fann_set_activation_function_hidden(network, FANN_SIGMOID_SYMMETRIC);  // tanh, with steepness 1
  fann_set_activation_steepness_hidden(network, 1);
  fann_set_activation_function_output(network, FANN_LINEAR);
  fann_set_activation_steepness_output(network, 1);
  fann_set_train_error_function(network, FANN_ERRORFUNC_LINEAR);
  fann_set_training_algorithm(network, by_row ? FANN_TRAIN_INCREMENTAL : FANN_TRAIN_BATCH);
  fann_set_learning_rate(network, std::stof(words["rate"]));

  // Neuron by neuron: the weights from the layer below, then the bias.
  size_t size = 0, from = 0, to = 0;
  for (size_t k = 1; k < shape.size(); k++) size += static_cast<size_t>(shape[k - 1] + 1) * shape[k];
  const std::vector<float> p = read<float>(path + "p", size);
  for (size_t k = 1; k < shape.size(); k++) {
    for (unsigned neuron = 0; neuron < shape[k]; neuron++)
      for (unsigned i = 0; i <= shape[k - 1]; i++) network->weights[to++] = p[from + i * shape[k] + neuron];
    from += static_cast<size_t>(shape[k - 1] + 1) * shape[k];
  }

  // FANN keeps a pointer per row; its own function for all rows takes them so.
  fann_train_data* data = fann_create_train(rows, inputs, outputs);
  for (unsigned row = 0; row < rows; row++) {
    std::copy_n(&x[static_cast<size_t>(row) * inputs], inputs, data->input[row]);
    std::copy_n(&y[static_cast<size_t>(row) * outputs], outputs, data->output[row]);
  }

  unsigned next = 0;
  const auto step = [&]() -> unsigned {
    if (!by_row) {
      fann_train_epoch(network, data);
      return rows;
    }
    fann_train(network, data->input[next], data->output[next]);
    next = next + 1 == rows ? 0 : next + 1;
    return 1;
  };

  auto begin = Clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
  while (elapsed() < 0.2) step();
  const double processor = processor_seconds();
  begin = Clock::now();
  long taken = 0, steps = 0;
  double took;
  do {
    taken += step();
    steps++;
  } while ((took = elapsed()) < seconds);
  printf("{\"rows_per_second\": %.6g, \"steps_per_second\": %.6g, \"rows_per_processor_second\": %.6g, \"seconds\": %.4g}\n",
         taken / took, steps / took, taken / (processor_seconds() - processor), took);
}
