/** The script of each shell: on Tab it passes the words before the cursor, and shows the lines that come back. */
export const completionScripts: Readonly<Record<string, string>> = {
  // bash also splits words at ":" and "=", and replaces only what follows the last of them. It inserts text unquoted:
  // so values are escaped with backslashes and, within an open quote, only those that need no escaping are offered.
  bash: `_ringback() {
  local rest="\${COMP_LINE:0:COMP_POINT}" blank word value count=0 index typed=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    blank="\${rest%%[![:space:]]*}"
    rest="\${rest#"$blank"}"
    word="\${COMP_WORDS[index]}"
    if ((index == COMP_CWORD)); then word="$rest"; fi
    rest="\${rest#"$word"}"
    if ((count > 0)) && [[ -z "$blank" ]]; then typed[count-1]+="$word"; else typed[count++]="$word"; fi
  done
  local current="\${typed[count-1]}" kept quoted
  case "$word" in [:=]) kept="$current" ;; *) kept="\${current%"$word"}" ;; esac
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    value="\${value#"$kept"}" quoted=
    if [[ -n "$value" ]]; then printf -v quoted %q "$value"; fi
    if [[ "$quoted" == "$value" || "$current" != *[\\"\\']* ]]; then COMPREPLY+=("$quoted"); fi
  done < <(ringback complete-word --typed "--current=$current" -- "\${typed[@]:1:count-2}" 2>/dev/null)
}
complete -o default -F _ringback ringback
`,
  zsh: `#compdef ringback
_ringback() {
  local -a found
  local value description
  while IFS=$'\\t' read -r value description; do
    value="\${value//\\\\/\\\\\\\\}"
    found+=("\${value//:/\\\\:}:$description")
  done < <(ringback complete-word --typed "--current=$PREFIX" -- "\${(@)words[2,CURRENT-1]}" 2>/dev/null)
  if (( \${#found} )); then _describe -t words ringback found; return; fi
  compset -P '--*='
  _files
}
if [[ "\${funcstack[1]}" == _ringback ]]; then _ringback; else compdef _ringback ringback; fi
`,
  fish: `function __ringback_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct | string collect --allow-empty)
  set -l found (ringback complete-word --typed "--current=$current" -- $words[2..] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
    return
  end
  set -l prefix (string match -r -- '^--[^=]*=' $current)
  for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' $current))
    printf '%s%s\\n' "$prefix" $path
  end
end
complete -c ringback -f -a '(__ringback_complete)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName ringback -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $current = ''
  $words = @()
  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
    $text = if ($null -ne $element.Value) { "$($element.Value)" } else { $element.Extent.Text }
    if ($element.Extent.EndOffset -lt $cursorPosition) { $words += $text }
    elseif ($element.Extent.StartOffset -lt $cursorPosition) {
      $typed = $element.Extent.Text.Substring(0, $cursorPosition - $element.Extent.StartOffset)
      $current = $typed.TrimStart([char[]]"\`"'")
    }
  }
  ringback complete-word "--current=$current" -- @words 2>$null | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $value }
    $text = $value
    if ($value -match '[^\\w.:/=+-]') {
      $text = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value) + "'"
    }
    [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
  }
}
`,
};
