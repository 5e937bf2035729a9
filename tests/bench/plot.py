# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""One line over a logarithmic x, as SVG."""

from math import ceil, log10

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 34, 46
STYLE = ("text { font: 12px sans-serif; fill: #444 } .name { font-weight: 600 } .grid { stroke: #ddd }"
         " .line { fill: none; stroke: #2f6fdb; stroke-width: 2 } circle { fill: #2f6fdb }"
         " @media (prefers-color-scheme: dark) { text { fill: #bbb } .grid { stroke: #444 } }")


def steps(top):
    """A handful of round numbers from 0 up to the top."""
    size = 10 ** (ceil(log10(top)) - 1)
    step = next(size * factor for factor in (0.2, 0.5, 1, 2, 5, 10) if top / (size * factor) <= 6)
    return [step * index for index in range(ceil(top / step) + 1)]


def text(x, y, anchor, what, more=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{more}>{what}</text>'


def plot(x_title, y_title, points):
    low, high = log10(points[0][0]), log10(points[-1][0])
    marks = steps(max(y for _, y in points))

    def place(x, y):
        across = LEFT + (log10(x) - low) / max(high - low, 1e-9) * (WIDTH - LEFT - RIGHT)
        return across, HEIGHT - BOTTOM - y / marks[-1] * (HEIGHT - TOP - BOTTOM)

    parts = [text(LEFT - 44, 18, "start", y_title, ' class="name"'),
             text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", x_title)]
    for mark in marks:
        _, y = place(points[0][0], mark)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(text(LEFT - 8, y + 4, "end", f"{mark:g}"))
    corners = [place(x, y) for x, y in points]
    parts.append('<path class="line" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + '"/>')
    for (x, _), (across, y) in zip(points, corners):
        parts.append(f'<circle cx="{across:.1f}" cy="{y:.1f}" r="3.5"/>')
        parts.append(text(across, HEIGHT - BOTTOM + 17, "middle", f"{x:,}"))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
            f' height="{HEIGHT}"><style>{STYLE}</style>' + "".join(parts) + "</svg>\n")
