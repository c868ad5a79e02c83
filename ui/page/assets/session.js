// What the browser sends when the page is opened: its secret, by which its conversations are listed;
// the one that this tab had open; and the answer or citation that the address names.
() => {
  let browser = "";
  let open = "";
  try {
    browser = localStorage.getItem("policy-assistant-browser") ?? "";
    if (!browser) {
      const bytes = crypto.getRandomValues(new Uint8Array(24));
      browser = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      localStorage.setItem("policy-assistant-browser", browser);
    }
    open = sessionStorage.getItem("policy-assistant-conversation") ?? "";
  } catch {
    // A browser that keeps nothing is shown no history.
  }
  const asked = new URLSearchParams(location.search);
  const [answer, cite] = ["answer", "cite"].map((name) => asked.get(name) ?? "");
  return [{ browser, open, answer, cite }];
}
