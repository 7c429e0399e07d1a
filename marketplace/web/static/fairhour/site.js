// Every page: tells the server the browser's time zone, and closes an open menu when the reader turns elsewhere.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const printed = document.documentElement.dataset.zone;

if (zone) {
  document.cookie = `fairhour_zone=${encodeURIComponent(zone).replaceAll("%2F", "/")}; path=/; max-age=31536000; samesite=lax`;
  // Times on this page are in another zone: read it again, once. A page without times has nothing to correct.
  if (zone !== printed && document.querySelector("[data-times]") && !sessionStorage.getItem(`zone-${zone}`)) {
    sessionStorage.setItem(`zone-${zone}`, "1");
    location.reload();
  }
}

const menu = document.querySelector("details.menu");
if (menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
