/** The start of a response's body: at least `length` characters, or all of it. */
export async function readStart(response: Response, length: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > length) break;
  }
  return text;
}
