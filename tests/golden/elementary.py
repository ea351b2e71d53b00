"""Writes elementary.bin: arguments and exact results of the elementary functions, for ElementaryGoldenTests.

Run: python3 elementary.py   (Debian: python3-mpmath)

The file is a sequence of sections, little-endian throughout:
  name length (1 byte), name (ASCII), element size (1 byte: 4 or 8), count (4 bytes), then `count` records of
  size 4: argument (float), result rounded to double: far more digits than a float needs to measure an error;
  size 8: argument (double), result rounded to double, and what is left of the exact result in units of the last
          place of that double (float).
"pow" has two arguments per record. Results that overflow are infinite, NaN is a NaN.
"""

import math
import random
import struct

from mpmath import erf, erfinv, exp, expm1, inf, isinf, isnan, log, log1p, mp, mpf, nan, pi, sin, cos, tanh

mp.prec = 200
random.seed(20)


def logistic(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log1p(exp(x)) if x < 0 else x + log1p(exp(-x))


def exact_log(x):
    return log(x) if x > 0 else (-inf if x == 0 else nan)


def exact_log1p(x):
    return log1p(x) if x > -1 else (-inf if x == -1 else nan)


def to_float(x):
    return struct.unpack("<f", struct.pack("<f", x))[0] if abs(x) < 3.5e38 else math.copysign(math.inf, x)


def float_at(bits):
    return struct.unpack("<f", struct.pack("<I", bits & 0xFFFFFFFF))[0]


def double_at(bits):
    return struct.unpack("<d", struct.pack("<Q", bits & 0xFFFFFFFFFFFFFFFF))[0]


def around(values, size):
    """Each value, rounded to the element type, with its two neighbours."""
    result = []
    for value in values:
        if size == 4:
            bits = struct.unpack("<I", struct.pack("<f", value))[0]
            result += [float_at(bits + d) for d in (-1, 0, 1)]
        else:
            bits = struct.unpack("<Q", struct.pack("<d", value))[0]
            result += [double_at(bits + d) for d in (-1, 0, 1)]
    return [v for v in result if not math.isnan(v)]


def arguments(low, high, special, size, count):
    tiny = [1e-45, 3e-39, 1.17549435e-38] if size == 4 else [5e-324, 3e-310, 2.2250738585072014e-308]
    huge = 3.4028234e38 if size == 4 else 1.7976931348623157e308
    values = [0.0, math.inf, -math.inf, math.nan, huge, -huge]
    values += tiny + [-v for v in tiny]
    values += around(special, size)
    for _ in range(count):
        values.append(random.uniform(low, high))
        # Every magnitude alike, from the subnormal numbers on.
        exponent = random.uniform(-148 if size == 4 else -1073, math.log2(max(-low, high)))
        values.append(random.choice((-1, 1)) * random.uniform(0.5, 1) * 2.0**exponent)
        values.append(random.choice((-1, 1)) * random.uniform(0.5, 1) * 2.0 ** random.uniform(-12, 6))
    if size == 4:
        values = [to_float(v) for v in values]
    return [v for v in values if math.isnan(v) or math.isinf(v) or low <= v <= high or abs(v) >= huge / 2]


def rounded(value):
    """The double nearest to value (ties to even; mpmath rounds subnormal results once too)."""
    if isnan(value):
        return math.nan, 0.0
    if isinf(value):
        return math.inf if value > 0 else -math.inf, 0.0
    double = float(value)
    if math.isinf(double) or double == 0:
        return double, 0.0
    return double, float((value - mpf(double)) / mpf(math.ulp(double)))


def at_infinity(name, sign):
    ends = {
        "exp": (0.0, math.inf), "expMinusOne": (-1.0, math.inf), "log": (math.nan, math.inf),
        "logOnePlus": (math.nan, math.inf), "tanh": (-1.0, 1.0), "logistic": (0.0, 1.0),
        "softplus": (0.0, math.inf), "erf": (-1.0, 1.0), "sin": (math.nan, math.nan), "cos": (math.nan, math.nan),
    }
    return ends[name][1 if sign > 0 else 0]


def exact(name, function, x):
    if math.isnan(x):
        return nan
    if math.isinf(x):
        return mpf(at_infinity(name, x))
    # Far out, where e^x has no mpmath number that anyone needs.
    if name in ("exp", "expMinusOne", "softplus", "logistic", "tanh", "erf") and abs(x) > 1000:
        if name == "softplus" and x > 0:
            return mpf(x)
        return mpf(at_infinity(name, x))
    return function(mpf(x))


def section(out, name, size, records):
    out.write(struct.pack("<B", len(name)) + name.encode("ascii") + struct.pack("<BI", size, len(records)))
    for xs, value in records:
        double, rest = rounded(value)
        if size == 4:
            out.write(b"".join(struct.pack("<f", x) for x in xs) + struct.pack("<d", double))
        else:
            out.write(b"".join(struct.pack("<d", x) for x in xs) + struct.pack("<df", double, rest))


def one_argument(out):
    quarter_turns = [float(mpf(k) * pi / 2) for k in (1, 2, 3, 5, 8, 64, 355, 710, 1000, 4095, 31415, 63661)]
    large = [99999.9, 100000.1, 1e6, 1e7, 16777216.0, 1e9, 1.1e9, 1e12, 1e22, 1e38]
    wide = {4: 3e38, 8: 1e308}
    functions = {
        "exp": (exp, {4: (-104, 89), 8: (-746, 710)}, [88.72283, -87.33654, 0.34657, -0.34657, 709.7827128, -708.3964185]),
        "expMinusOne": (expm1, {4: (-90, 89), 8: (-720, 710)}, [0.34657, -0.34657, -17.32868, -18.0, -36.73680, -38.0]),
        "log": (exact_log, {4: (-2, 3e38), 8: (-2, 1e308)}, [1.0, math.sqrt(0.5), math.sqrt(2), 2.0, 0.5]),
        "logOnePlus": (exact_log1p, {4: (-1, 3e38), 8: (-1, 1e308)}, [-1.0, -0.5, math.sqrt(0.5) - 1, math.sqrt(2) - 1, 1.0]),
        "tanh": (tanh, {4: (-12, 12), 8: (-24, 24)}, [0.17328, 0.5, 9.01, 10.0, 19.06, 20.0]),
        "logistic": (logistic, {4: (-104, 40), 8: (-746, 60)}, [-87.33654, -708.3964185, 16.63, 36.73]),
        "softplus": (softplus, {4: (-104, 100), 8: (-746, 800)}, [-87.33654, -708.3964185, 0.5, -0.5]),
        "erf": (erf, {4: (-5, 5), 8: (-7, 7)}, [0.9218, -0.9218, 3.92, 3.95, 5.92, 5.95]),
        "sin": (sin, {4: (-100, 100), 8: (-100, 100)}, quarter_turns + large),
        "cos": (cos, {4: (-100, 100), 8: (-100, 100)}, quarter_turns + large),
    }
    for name, (function, ranges, special) in functions.items():
        for size in (4, 8):
            low, high = ranges[size]
            fit = [v for v in special if size == 8 or abs(v) < 3e38]
            xs = arguments(low, high, fit, size, 170)
            if name in ("sin", "cos"):
                extra = []
                for _ in range(120):
                    extra.append(random.uniform(-1e5, 1e5))
                    extra.append(float(mpf(random.randrange(1, 63661 if size == 4 else 600000000)) * pi / 2))
                    extra.append(random.choice((-1, 1)) * 2.0 ** random.uniform(17, 127 if size == 4 else 1023))
                # The double closest to a multiple of pi/2 (6381956970095103 * 2^797).
                extra += [6381956970095103.0 * 2.0**797] if size == 8 else [16367173.0 * 2.0**72]
                xs += [to_float(v) for v in extra] if size == 4 else extra
            if name in ("log", "logOnePlus"):
                xs += [v for v in arguments(-0.999, 10, [], size, 60)]
            assert max(abs(x) for x in xs if math.isfinite(x)) <= wide[size] * 2
            section(out, name, size, [((x,), exact(name, function, x)) for x in xs])


def power(out):
    records = []
    for _ in range(250):
        x = random.choice((random.uniform(0, 2), 2.0 ** random.uniform(-1000, 1000), 1 - 2.0 ** random.uniform(-30, -1)))
        y = random.choice((random.uniform(-5, 5), float(random.randrange(-50, 50)), 2.0 ** random.uniform(-5, 12)))
        records.append((x, y))
    records += [(0.999, float(t)) for t in (1, 2, 10, 1000, 100000, 600000)]
    records += [(0.9, float(t)) for t in (1, 2, 3, 100, 1000, 6000)]
    records += [(-2.0, 3.0), (-2.0, 4.0), (-0.5, -3.0), (-1.5, 7.0), (10.0, -5.0), (2.0, 0.5), (2.0, 1023.0)]
    kept = []
    for x, y in records:
        value = mpf(x) ** mpf(y)
        if mpf(2) ** -1022 <= abs(value) < mpf(2) ** 1024:
            kept.append(((x, y), value))
    section(out, "pow", 8, kept)


def inverse_normal(out):
    from mpmath import sqrt

    xs = [0.5, 0.25, 0.75, 0.075, 0.925, 0.9999, 1 - 2.0**-53, 2.0**-53, 1e-300, 5e-324, 1.3e-11, 1.4e-11]
    xs += [random.uniform(0, 1) for _ in range(200)]
    xs += [2.0 ** random.uniform(-60, -1) for _ in range(60)]
    xs += [2.0 ** random.uniform(-1060, -60) for _ in range(20)]
    xs += [0.5 + random.choice((-1, 1)) * 2.0 ** random.uniform(-52, -2) for _ in range(60)]
    records = []
    for p in xs:
        # erfinv wants the digits of 1 - 2p.
        mp.prec = 200 if p > 1e-15 else 2400
        value = -sqrt(mpf(2)) * erfinv(1 - 2 * mpf(p))
        records.append(((p,), +value))
    mp.prec = 200
    section(out, "inverseNormal", 8, [(x, +v) for x, v in records])


with open("elementary.bin", "wb") as file:
    one_argument(file)
    power(file)
    inverse_normal(file)
