// The browser saves what the assistant wrote: a file that never leaves this machine.
(file) => {
  if (!file) return [];
  const address = URL.createObjectURL(new Blob([file.text], { type: file.type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  return [];
}
