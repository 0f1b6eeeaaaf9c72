"""Contrast, colour differences and colour-vision deficiency, from their published definitions.

Contrast: WCAG 2.2, "relative luminance" and "contrast ratio".
sRGB to CIELAB: IEC 61966-2-1, D65 white.
Difference: CIEDE2000 after Sharma, Wu, Dalal (2005), whose test pairs are in `test_themes.py`.
Deficiency: Machado, Oliveira, Fernandes (2009), severity 1.0, applied to linear RGB.
"""

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Triple = tuple[float, float, float]

DEFICIENCIES: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

_TO_XYZ: tuple[Triple, Triple, Triple] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_D65: Triple = (0.95047, 1.0, 1.08883)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen_by(deficiency: str, colour: str) -> Triple:
    """CIELAB of what remains of `colour`."""
    red, green, blue = _times(DEFICIENCIES[deficiency], _linear(colour))
    return _lab((_clamped(red), _clamped(green), _clamped(blue)))


def lab(colour: str) -> Triple:
    return _lab(_linear(colour))


def delta_e(one: Triple, other: Triple) -> float:
    """CIEDE2000, with all weights 1."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    c1, c2 = hypot(a1 * (1 + g), b1), hypot(a2 * (1 + g), b2)
    h1, h2 = _hue(a1 * (1 + g), b1), _hue(a2 * (1 + g), b2)
    turn = _turn(h1, h2) if c1 * c2 else 0.0
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    mean_h = _mean_hue(h1, h2) if c1 * c2 else h1 + h2
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = _t(mean_h)
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2)
    lightness, chroma, tone = (
        (l2 - l1) / s_l,
        (c2 - c1) / (1 + 0.045 * mean_c),
        hue / (1 + 0.015 * mean_c * t),
    )
    spread = 30 * exp(-(((mean_h - 275) / 25) ** 2))
    r = -2 * sqrt(mean_c**7 / (mean_c**7 + 25**7)) * sin(radians(2 * spread))
    return sqrt(lightness**2 + chroma**2 + tone**2 + r * chroma * tone)


def _t(hue: float) -> float:
    return (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )


def _hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360 if a or b else 0.0


def _turn(h1: float, h2: float) -> float:
    return (h2 - h1 + 180) % 360 - 180 if abs(h2 - h1) != 180 else h2 - h1


def _mean_hue(h1: float, h2: float) -> float:
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _unbent(red), _unbent(green), _unbent(blue)


def _unbent(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lab(linear: Triple) -> Triple:
    x, y, z = (
        _f(value / white) for value, white in zip(_times(_TO_XYZ, linear), _D65, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _f(t: float) -> float:
    return t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    one, two, three = (
        sum(factor * value for factor, value in zip(row, vector, strict=True)) for row in matrix
    )
    return one, two, three


def _clamped(channel: float) -> float:
    return min(1.0, max(0.0, channel))
