#!/bin/sh
# A double click opens the preview and the editor (macOS; start.desktop of Linux comes here, too). All else is in tasks.py.
cd "$(dirname "$0")" || exit 1
if command -v python3 >/dev/null; then
  python3 tasks.py serve && exit
else
  echo "Немає Python. Завантажте його з https://www.python.org/downloads/, встановіть і запустіть цей файл ще раз."
fi
printf 'Натисніть Enter, щоб закрити вікно. '
read -r _
exit 1
