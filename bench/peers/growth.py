#!/usr/bin/env python3
"""How the cost of training a row grows with width, depth, batch and rows: a table in bench/README.md and an SVG beside it.

    bench/peers/growth.sh
"""
import json
import math
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BENCH = ROOT / "artifacts/bin/Backprop.Bench/release/Backprop.Bench"
BEGIN, END = "<!-- growth: written by bench/peers/growth.sh -->", "<!-- end of growth -->"
TITLES = {"width": "width of two hidden layers", "depth": "hidden layers of width 128", "batch": "rows per batch", "rows": "training rows"}
PANEL, LEFT, TOP, GAP = (300, 190), 60, 34, 70


def short(value):
    return f"{value // 1_000_000}M" if value >= 1_000_000 else f"{value // 1000}k" if value >= 10_000 else str(value)


def time_text(nanoseconds):
    return f"{nanoseconds / 1000:.3g} µs" if nanoseconds < 1e6 else f"{nanoseconds / 1e6:.3g} ms"


def panel(axis, points, x0, y0):
    """One plot with both axes logarithmic; a cliff is a step in the line, cost in proportion a straight one."""
    width, height = PANEL
    xs, ys = [math.log10(value) for value, _, _ in points], [math.log10(time) for _, time, _ in points]
    low, high = math.floor(min(ys)), math.ceil(max(ys) + 1e-9)

    def at(x, y):
        return x0 + (x - xs[0]) / (xs[-1] - xs[0]) * width, y0 + height - (y - low) / (high - low) * height

    parts = [f'<text x="{x0 + width / 2}" y="{y0 - 12}" text-anchor="middle" class="title">{TITLES[axis]}</text>',
             f'<rect x="{x0}" y="{y0}" width="{width}" height="{height}" class="frame"/>']
    for decade in range(low, high + 1):
        y = at(xs[0], decade)[1]
        parts += [f'<line x1="{x0}" x2="{x0 + width}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>',
                  f'<text x="{x0 - 6}" y="{y + 4:.1f}" text-anchor="end">{time_text(10 ** decade)}</text>']
    every = 1 if len(points) < 8 else 2
    for (value, _, _), x in list(zip(points, xs))[::every]:
        parts.append(f'<text x="{at(x, low)[0]:.1f}" y="{y0 + height + 16}" text-anchor="middle">{short(value)}</text>')
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(x, y) for x, y in zip(xs, ys)))
    parts.append(f'<polyline points="{line}" class="line"/>')
    parts += [f'<circle cx="{at(x, y)[0]:.1f}" cy="{at(x, y)[1]:.1f}" r="3"/>' for x, y in zip(xs, ys)]
    return parts


def svg(axes):
    width, height = 2 * (PANEL[0] + GAP) + LEFT - GAP + 20, 2 * (PANEL[1] + GAP) + TOP - GAP + 30
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
             "<style>.frame{fill:none;stroke:#888}.grid{stroke:#ddd}.line{fill:none;stroke:#1f5fa8;stroke-width:2}circle{fill:#1f5fa8}"
             ".title{font-size:13px}</style>", f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for i, (axis, points) in enumerate(axes.items()):
        parts += panel(axis, points, LEFT + i % 2 * (PANEL[0] + GAP), TOP + i // 2 * (PANEL[1] + GAP))
    return "\n".join([*parts, "</svg>"]) + "\n"


def table(axes):
    lines = []
    for axis, points in axes.items():
        lines += [f"| {TITLES[axis]} | " + " | ".join(short(value) for value, _, _ in points) + " |",
                  "| --- |" + " --- |" * len(points),
                  "| time per row | " + " | ".join(time_text(time) for _, time, _ in points) + " |",
                  "| GFLOP/s | " + " | ".join(f"{rate:.0f}" for _, _, rate in points) + " |", ""]
    return "\n".join(lines).rstrip()


def main():
    output = subprocess.run([BENCH, "growth"], check=True, capture_output=True, text=True).stdout
    axes = {}
    for line in output.splitlines():
        point = json.loads(line)
        axes.setdefault(point["axis"], []).append((point["value"], point["nanoseconds_per_row"], point["gigaflops"]))
    (ROOT / "bench/results/growth.svg").write_text(svg(axes), encoding="utf-8")
    text = table(axes)
    print(text)
    path = ROOT / "bench/README.md"
    page = path.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
