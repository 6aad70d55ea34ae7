"""Kind words that judge no lesson: good wishes, and congratulations on what somebody has come through."""

WISHES = r"\b(?:good|best|kind|warm|lovely)(?:est)?\s+wishes\b"
ANNOUNCED = (
    r"\b(?:good|great|lovely|nice|positive)\s+(?:things?|bits?|stuff|news|points?)\s+first\b"
)
MILESTONE = r"""
    \b(?:well\s+done|congratulations|congrats|bravo)\s+(?:on|for|with)\s+(?:(?:getting|making\s+it|coming)\s+
        through|surviving|reaching|passing|completing|finishing|your\s+(?:promotion|award|appointment|degree|
        qualification|new\s+(?:job|post|role|baby)|wedding|exams?|results?))\b
"""
