/** What each shell runs for a key press: it passes the words before the cursor, and shows the lines that come back. */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `_ringback() {
  local current="\${COMP_WORDS[COMP_CWORD]}" value
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    [[ "$value" == "$current"* ]] && COMPREPLY+=("$(printf '%q' "$value")")
  done < <(ringback complete-word "--current=$current" -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
complete -o default -F _ringback ringback
`,
  zsh: `#compdef ringback
_ringback() {
  local -a found
  local value description
  while IFS=$'\\t' read -r value description; do
    found+=("\${value//:/\\\\:}:$description")
  done < <(ringback complete-word "--current=\${words[CURRENT]}" -- "\${(@)words[2,CURRENT-1]}" 2>/dev/null)
  if (( \${#found} )); then _describe -t words ringback found; else _files; fi
}
if [[ "\${funcstack[1]}" == _ringback ]]; then _ringback; else compdef _ringback ringback; fi
`,
  fish: `function __ringback_complete
  set -l words (commandline -opc)
  set -l found (ringback complete-word --current=(commandline -ct | string collect --allow-empty) -- $words[2..] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c ringback -f -a '(__ringback_complete)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName ringback -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if ($wordToComplete -ne '' -and $words.Count -gt 0) { $words = @($words | Select-Object -SkipLast 1) }
  ringback complete-word "--current=$wordToComplete" -- @words 2>$null | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $value }
    if ($value -like "$wordToComplete*") {
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
  }
}
`,
};
