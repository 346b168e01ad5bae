"""The reasons why an initiative appears on the site or not, in words: for itself, and for its province."""
from models.site.initiatives.overview import ACCEPTED, BLOCKED, HIDDEN, NOT_ACCEPTED, TICKED, UNWILLING

WHY_OWN = {
    ACCEPTED: "Bezoekers zien jullie op de site.",
    TICKED: "Bezoekers zien jullie op de site.",
    HIDDEN: "Je provincie heeft jullie pagina verborgen. Bezoekers zien jullie niet.",
    UNWILLING: "Bezoekers zien jullie niet, want dat vroeg je zelf.",
    BLOCKED: "Bezoekers zien jullie niet, want jullie login is geblokkeerd.",
    NOT_ACCEPTED: "Bezoekers zien jullie nog niet.",
}
WHY = {
    ACCEPTED: "Op de site",
    TICKED: "Op de site, door de provincie",
    HIDDEN: "Verborgen door de provincie",
    UNWILLING: "Wil niet op de site",
    BLOCKED: "Login geblokkeerd",
    NOT_ACCEPTED: "Uitnodiging niet aanvaard",
}
