"""Texts that try to run something in a reader's browser: a public list, and our own for what it lacks."""

import os
import re
from pathlib import Path

PUBLIC = Path(__file__).with_name("naughty-strings.txt")
EVENTS = [
    "onabort",
    "onafterprint",
    "onanimationcancel",
    "onanimationend",
    "onanimationiteration",
    "onanimationstart",
    "onauxclick",
    "onbeforecopy",
    "onbeforeinput",
    "onbeforematch",
    "onbeforeprint",
    "onbeforetoggle",
    "onbeforeunload",
    "onblur",
    "oncanplay",
    "onchange",
    "onclick",
    "onclose",
    "oncontentvisibilityautostatechange",
    "oncontextmenu",
    "oncopy",
    "oncut",
    "ondblclick",
    "ondrag",
    "ondragend",
    "ondragenter",
    "ondragover",
    "ondragstart",
    "ondrop",
    "onended",
    "onerror",
    "onfocus",
    "onfocusin",
    "onfocusout",
    "onformdata",
    "onfullscreenchange",
    "ongotpointercapture",
    "onhashchange",
    "oninput",
    "oninvalid",
    "onkeydown",
    "onkeypress",
    "onkeyup",
    "onload",
    "onloadeddata",
    "onmessage",
    "onmousedown",
    "onmouseenter",
    "onmouseleave",
    "onmousemove",
    "onmouseout",
    "onmouseover",
    "onmouseup",
    "onmousewheel",
    "onpagereveal",
    "onpageshow",
    "onpaste",
    "onplay",
    "onpointerdown",
    "onpointerenter",
    "onpointermove",
    "onpointerover",
    "onpointerrawupdate",
    "onpointerup",
    "onpopstate",
    "onprogress",
    "onreset",
    "onresize",
    "onscroll",
    "onscrollend",
    "onscrollsnapchange",
    "onsearch",
    "onsecuritypolicyviolation",
    "onselect",
    "onselectionchange",
    "onselectstart",
    "onslotchange",
    "onsubmit",
    "ontoggle",
    "ontouchend",
    "ontouchmove",
    "ontouchstart",
    "ontransitioncancel",
    "ontransitionend",
    "ontransitionrun",
    "ontransitionstart",
    "onunload",
    "onvolumechange",
    "onwebkitanimationend",
    "onwheel",
]
SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\tjavascript:alert(1)", "java\tscript:alert(1)",
    "javascript&#58;alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A&#x61vascript:alert(1)",
    "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "&#1;javascript:alert(1)", "&#14;  javascript:alert(1)",
    "javascript://%0aalert(1)", "javascript:/*--></script>*/alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>", "DATA:text/html;,x",
    "blob:https://elsewhere.example/x", "view-source:javascript:alert(1)", "//elsewhere.example/x", "/\\elsewhere.example/x",
    "\\\\elsewhere.example\\x", "https:elsewhere.example", "http:/\\elsewhere.example", "feed:javascript:alert(1)", "jar:javascript:alert(1)!/",
)  # fmt: skip
MUTATIONS = (
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<p title=\"`><img src=x onerror=alert(1)>\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<svg><foreignObject><style><!--</style><p title=\"--><img src=x onerror=alert(1)>\">", "<table><td><svg><desc><td><img src=x onerror=alert(1)>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">", "<title><p title=\"</title><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">", "<iframe><p title=\"</iframe><img src=x onerror=alert(1)>\">",
    "<plaintext><img src=x onerror=alert(1)>", "<template><script>alert(1)</script></template>", "<select><style></select><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->", "<!---><img src=x onerror=alert(1)>-->", "<!-- --!><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>", "<?xml-stylesheet href=\"javascript:alert(1)\"?><img src=x onerror=alert(1)>",
    "<a href=\"x\" title='\"><img src=x onerror=alert(1)>'>т</a>", "<abbr title=\"*/alert(1)//\" onclick=alert(1)>т</abbr>",
    "<img alt=\"><img src=x onerror=alert(1)>\" src=\"x.png\">", "<h1 title=\"<h1 onclick=alert(1)>\">т</h1>", "<td align=\"right\" onclick=\"alert(1)\">т</td>",
    "[т](x \"title' onmouseover=alert(1) y='\")", "[т](x){: onclick=alert(1) style=\"background:url(//elsewhere.example)\"}", "# т {onclick=alert(1)}",
    "![т](x){: onerror=alert(1)}", "[т](<javascript:alert(1)>)", "[т]: javascript:alert(1)\n\n[т]", "<javascript:alert(1)>", "*[т]: \" onclick=alert(1) \"\n\nт",
    "т[^1]\n\n[^1]: <img src=x onerror=alert(1)>", "т[^\"><img src=x onerror=alert(1)>]\n\n[^\"><img src=x onerror=alert(1)>]: т", "``` \"><img/src=x/onerror=alert(1)>\nт\n```",
    "|<img src=x onerror=alert(1)>|\n|-|\n|<script>alert(1)</script>|", "\ue0020\ue003<a href=\"\ue00299\ue003\">т</a>", "\ue0000\ue001", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03",
    "<iframe src=\"https://www.youtube.com/embed/aaaaaa\" title=\"&quot;&gt;<img src=x onerror=alert(1)>\"></iframe>",
    "<iframe src=\"https://www.youtube.com/embed/a%22onclick=alert(1)\"></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\" src=\"https://www.youtube.com/embed/aaaaaa\"></iframe>",
    "<iframe src=\"https://www.facebook.com/plugins/video.php?href=javascript:alert(1)\"></iframe>", "<iframe src=javascript:alert(1)></iframe>",
    "<iframe src=\"https://www.facebook.com/plugins/video.php?href=https://facebook.com/x%22onclick=%22alert(1)\"></iframe>",
    "<a id=main name=main>т</a><img id=main name=main src=x>", "<form id=main><input name=attributes></form>", "<base href=//elsewhere.example/>", "<meta http-equiv=refresh content=\"0;url=//elsewhere.example\">",
    "<link rel=stylesheet href=//elsewhere.example/x.css>", "<style>@import '//elsewhere.example/x.css'; *{animation:a 1s} @keyframes a{}</style>",
    "<p style=\"background:url(//elsewhere.example/x.png)\">т</p>", "<table background=//elsewhere.example/x.png><tr><td background=//elsewhere.example/y.png>т</td></tr></table>",
    "<img srcset=\"//elsewhere.example/x.png 1x\">", "<picture><source srcset=//elsewhere.example/x.png><img src=x></picture>", "<video poster=//elsewhere.example/x.png><source src=//elsewhere.example/x></video>",
    "<input type=image src=//elsewhere.example/x.png formaction=javascript:alert(1)>", "<object data=//elsewhere.example/x></object><embed src=//elsewhere.example/x>", "<a ping=//elsewhere.example/x href=x>т</a>",
    "![т](//elsewhere.example/x.png)", "![т](https://elsewhere.example/x.png)", "![т](data:image/png;base64,AAAA)", "<img src=\"/\\elsewhere.example/x.png\">", "<img src=\"\\\\elsewhere.example\\x.png\">",
)  # fmt: skip
_ESCAPE = re.compile(r"\\x([0-9A-Fa-f]{2})")


def public() -> list[str]:
    """The strings of the public list, its `\\xNN` also as the character that they mean."""
    lines = [
        line for line in PUBLIC.read_text("utf-8").split("\n") if line and not line.startswith("# ") and line != "#"
    ]
    if further := os.environ.get("PAYLOADS"):  # another list, for a run by hand
        lines += [line for line in Path(further).read_text("utf-8", "replace").split("\n") if line.strip()]
    return lines + [_ESCAPE.sub(lambda found: chr(int(found[1], 16)), line) for line in lines if _ESCAPE.search(line)]


def own() -> list[str]:
    """Every event handler, every spelling of a scheme in every place of an address, what parsers understand differently."""
    handlers = [f"<img src=x {event}=alert(1) tabindex=0>" for event in EVENTS]
    handlers += [f"<details open {event}=alert(1)><summary>т</summary></details>" for event in EVENTS[::4]]
    handlers += [f"<b/{event}\n=\n'alert(1)'>т</b>" for event in EVENTS[1::4]]
    handlers += [f"<svg><a {event}=alert(1)><text>т</text></a></svg>" for event in EVENTS[2::4]]
    addresses = [
        form.format(scheme) for scheme in SCHEMES for form in ('<a href="{}">т</a>', "[т]({})", "<img src='{}'>")
    ]
    return handlers + addresses + list(MUTATIONS)


def every() -> list[str]:
    return list(dict.fromkeys(public() + own()))
