// What the machine itself can do, measured beside the systems: fused multiply-adds in registers, and memory read and
// written by a += s*b. One line of JSON. Build: g++ -O3 -march=native -pthread limits.cpp
#include <immintrin.h>
#include <time.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using Clock = std::chrono::steady_clock;

static double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

#ifdef __AVX512F__
using Lanes = __m512;
static Lanes set(float x) { return _mm512_set1_ps(x); }
static Lanes fma(Lanes a, Lanes b, Lanes c) { return _mm512_fmadd_ps(a, b, c); }
#else
using Lanes = __m256;
static Lanes set(float x) { return _mm256_set1_ps(x); }
static Lanes fma(Lanes a, Lanes b, Lanes c) { return _mm256_fmadd_ps(a, b, c); }
#endif

static volatile float sink;

static double processor_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

struct Rate {
  double wall, processor;  // per second of the clock, and per second that the thread ran
};

// Twelve chains cover a latency of 4 to 5 cycles at two a cycle. They start at numbers that the compiler does not know:
// it makes one of equal chains.
static Rate fma_rate(double seconds) {
  static volatile float starts[12] = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1.0f, 1.1f, 1.2f};
  const Lanes a = set(0.999f), b = set(0.001f);
  Lanes c0 = set(starts[0]), c1 = set(starts[1]), c2 = set(starts[2]), c3 = set(starts[3]), c4 = set(starts[4]), c5 = set(starts[5]);
  Lanes c6 = set(starts[6]), c7 = set(starts[7]), c8 = set(starts[8]), c9 = set(starts[9]), c10 = set(starts[10]), c11 = set(starts[11]);
  long rounds = 0;
  double elapsed;
  const double processor = processor_seconds();
  const auto begin = Clock::now();
  do {
    for (int i = 0; i < 20000; i++) {
      c0 = fma(c0, a, b), c1 = fma(c1, a, b), c2 = fma(c2, a, b), c3 = fma(c3, a, b);
      c4 = fma(c4, a, b), c5 = fma(c5, a, b), c6 = fma(c6, a, b), c7 = fma(c7, a, b);
      c8 = fma(c8, a, b), c9 = fma(c9, a, b), c10 = fma(c10, a, b), c11 = fma(c11, a, b);
    }
    rounds++;
  } while ((elapsed = since(begin)) < seconds);
  alignas(Lanes) float out[sizeof(Lanes) / sizeof(float)];
  *reinterpret_cast<Lanes*>(out) = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
  sink = out[0];
  const double operations = rounds * 20000.0 * 12 * 2 * (sizeof(Lanes) / sizeof(float));
  return {operations / elapsed, operations / (processor_seconds() - processor)};
}

static double bandwidth(double seconds) {
  const size_t count = 16u << 20;  // 64 MiB each: above any cache here
  static std::vector<float> a(count, 1.0f), b(count, 1.0f);
  long rounds = 0;
  double elapsed;
  const auto begin = Clock::now();
  do {
    float* x = a.data();
    const float* y = b.data();
    for (size_t i = 0; i < count; i++) x[i] += 1e-9f * y[i];
    sink = x[count / 2];
    rounds++;
  } while ((elapsed = since(begin)) < seconds);
  return rounds * 3.0 * count * sizeof(float) / elapsed;  // two read, one written
}

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? atof(argv[1]) : 0.3;
  const Rate one = fma_rate(seconds);
  const double bytes = bandwidth(seconds);
  Rate other{};
  std::thread second([&] { other = fma_rate(seconds); });
  const Rate two = fma_rate(seconds);
  second.join();
  printf("{\"fma\": %.6g, \"fma_per_processor_second\": %.6g, \"fma_two_threads\": %.6g, \"bytes_per_second\": %.6g, \"vector_bits\": %d}\n",
         one.wall, one.processor, two.wall + other.wall, bytes, static_cast<int>(sizeof(Lanes) * 8));
}
