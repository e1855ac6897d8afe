<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>System</source>
        <translation>システム</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Appearance: {name}</source>
        <translation>外観: {name}</translation>
    </message>
    <message>
        <source>The picture of the sound stays dark: its colours tell how loud it is.</source>
        <translation>サウンドの表示は暗いままです。色が音の大きさを表します。</translation>
    </message>
</context>
<context>
    <name>AudioPage</name>
    <message>
        <source>Audio</source>
        <translation>オーディオ</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>オーディオデバイス</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>レイテンシー</translation>
    </message>
    <message>
        <source>How soon you hear what you do. Choose more where the sound crackles.</source>
        <translation>操作が音になるまでの時間です。ノイズが出る場合は長くしてください。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再検索</translation>
    </message>
    <message>
        <source>Look for devices that were plugged in since</source>
        <translation>後から接続したデバイスを探します</translation>
    </message>
    <message>
        <source>Use ASIO</source>
        <translation>ASIO を使用</translation>
    </message>
    <message>
        <source>The driver of your audio interface, with the least latency.</source>
        <translation>オーディオインターフェイスのドライバーです。レイテンシーが最小になります。</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>システムのデフォルト</translation>
    </message>
    <message>
        <source>No device found</source>
        <translation>デバイスが見つかりません</translation>
    </message>
    <message>
        <source>{figure} ms · {frames} frames</source>
        <translation>{figure} ms · {frames} フレーム</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device}（未接続）</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Sounds</source>
        <translation>サウンド</translation>
    </message>
    <message>
        <source>Search 1 sound</source>
        <translation>1 個のサウンドを検索</translation>
    </message>
    <message>
        <source>Search {count} sounds</source>
        <translation>{count} 個のサウンドを検索</translation>
    </message>
</context>
<context>
    <name>BrowserTop</name>
    <message>
        <source>Make the browser narrow</source>
        <translation>ブラウザーを狭くする</translation>
    </message>
    <message>
        <source>Make the browser wide</source>
        <translation>ブラウザーを広げる</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Favourites</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>On pad</source>
        <translation>パッド上</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>ラウドネス</translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>Sort by {what}</source>
        <translation>{what}で並べ替え</translation>
    </message>
    <message>
        <source>Sorted by {what}, falling</source>
        <translation>{what}の降順</translation>
    </message>
    <message>
        <source>Sorted by {what}, rising</source>
        <translation>{what}の昇順</translation>
    </message>
</context>
<context>
    <name>CommandKeeper</name>
    <message>
        <source>Add loops…</source>
        <translation>ループを追加…</translation>
    </message>
    <message>
        <source>Add the demo loops</source>
        <translation>デモループを追加</translation>
    </message>
    <message>
        <source>Add a folder to the browser…</source>
        <translation>ブラウザーにフォルダを追加…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Keep a render for the DAW</source>
        <translation>DAW 用のレンダーを保存</translation>
    </message>
    <message>
        <source>Write what you hear into the folder of renders</source>
        <translation>聴こえている音をレンダーフォルダに保存します</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新規セッション</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>セッションを開く…</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近使ったセッション</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>セッションを保存</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>名前を付けてセッションを保存…</translation>
    </message>
    <message>
        <source>Save session with its loops inside…</source>
        <translation>ループを含めてセッションを保存…</translation>
    </message>
    <message>
        <source>One file that plays on another machine, too</source>
        <translation>別のマシンでも再生できる 1 つのファイル</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>セッションはまだありません</translation>
    </message>
    <message>
        <source>Search sounds</source>
        <translation>サウンドを検索</translation>
    </message>
    <message>
        <source>Close message or search</source>
        <translation>メッセージまたは検索を閉じる</translation>
    </message>
    <message>
        <source>Blend loops</source>
        <translation>ループをブレンド</translation>
    </message>
    <message>
        <source>Explore around one loop</source>
        <translation>1 つのループの周辺を探索</translation>
    </message>
    <message>
        <source>Go to the pad</source>
        <translation>パッドへ移動</translation>
    </message>
    <message>
        <source>Arrange dots anew</source>
        <translation>ドットを再配置</translation>
    </message>
    <message>
        <source>Show the whole pad</source>
        <translation>パッド全体を表示</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A と B を入れ替え</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>再生／停止</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>音量を上げる</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>音量を下げる</translation>
    </message>
    <message>
        <source>Sound device…</source>
        <translation>オーディオデバイス…</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>すべてのコマンド…</translation>
    </message>
    <message>
        <source>Switch dark and light</source>
        <translation>ダーク／ライトを切り替え</translation>
    </message>
    <message>
        <source>Language…</source>
        <translation>言語…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>フルスクリーン</translation>
    </message>
    <message>
        <source>Tune to these loops</source>
        <translation>このループに合わせてチューニング</translation>
    </message>
    <message>
        <source>Stop tuning</source>
        <translation>チューニングを停止</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>モデルを開く…</translation>
    </message>
    <message>
        <source>Save the model as…</source>
        <translation>モデルを別名で保存…</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>キーとジェスチャー</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>ログを表示</translation>
    </message>
    <message>
        <source>Press, drag</source>
        <translation>クリック、ドラッグ</translation>
    </message>
    <message>
        <source>Hear what lies there</source>
        <translation>その位置の音を聴く</translation>
    </message>
    <message>
        <source>Ctrl+drag, right-drag</source>
        <translation>Ctrl＋ドラッグ、右ドラッグ</translation>
    </message>
    <message>
        <source>Move a dot</source>
        <translation>ドットを移動</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Shift＋ドラッグ</translation>
    </message>
    <message>
        <source>Select dots</source>
        <translation>ドットを選択</translation>
    </message>
    <message>
        <source>Alt+drag</source>
        <translation>Alt＋ドラッグ</translation>
    </message>
    <message>
        <source>Drag what you hear into the DAW</source>
        <translation>聴こえている音を DAW へドラッグ</translation>
    </message>
    <message>
        <source>Wheel, pinch</source>
        <translation>ホイール、ピンチ</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>ズーム</translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation>中ボタンでドラッグ</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>表示位置を移動</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>ダブルクリック</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右クリック</translation>
    </message>
    <message>
        <source>More, on a dot or beside</source>
        <translation>その他の操作（ドット上、または余白）</translation>
    </message>
    <message>
        <source>Arrows, Shift for less</source>
        <translation>矢印キー、Shift で微調整</translation>
    </message>
    <message>
        <source>Move the point</source>
        <translation>ポイントを移動</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Go to the centre</source>
        <translation>中央へ移動</translation>
    </message>
    <message>
        <source>Tab, Enter</source>
        <translation>Tab、Enter</translation>
    </message>
    <message>
        <source>Go from dot to dot, hear one</source>
        <translation>ドットを順に移動、1 つを聴く</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Take selected dots off</source>
        <translation>選択したドットを外す</translation>
    </message>
</context>
<context>
    <name>CommandMenu</name>
    <message>
        <source>Main menu</source>
        <translation>メインメニュー</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>パッド</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>View</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>ヘルプ</translation>
    </message>
    <message>
        <source>{text} ({keys})</source>
        <translation>{text}（{keys}）</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>ドラフト</translation>
    </message>
    <message>
        <source>{count} of {wanted}</source>
        <translation>{count} / {wanted}</translation>
    </message>
    <message>
        <source>Hits kept</source>
        <translation>残ったアタック</translation>
    </message>
    <message>
        <source>Loudness change</source>
        <translation>音量の変化</translation>
    </message>
    <message>
        <source>Evenness</source>
        <translation>均一さ</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>完全一致</translation>
    </message>
    <message>
        <source>Closeness</source>
        <translation>再現度</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>MorphStudio</source>
        <translation>MorphStudio</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>問題が発生しました</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from, but your session is saved.</source>
        <translation>MorphStudio で回復できない可能性のあるエラーが発生しましたが、セッションは保存されています。</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from, and could not save your session.</source>
        <translation>MorphStudio で回復できない可能性のあるエラーが発生し、セッションを保存できませんでした。</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from.</source>
        <translation>MorphStudio で回復できない可能性のあるエラーが発生しました。</translation>
    </message>
    <message>
        <source>Saved session: {path}</source>
        <translation>保存したセッション: {path}</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>ログを表示</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message>
        <source>Select a sound to see what it is.</source>
        <translation>サウンドを選ぶと、その内容が表示されます。</translation>
    </message>
    <message>
        <source>Waveform and spectrogram</source>
        <translation>波形とスペクトログラム</translation>
    </message>
    <message>
        <source>There is no picture of this file.</source>
        <translation>このファイルの図はありません。</translation>
    </message>
    <message>
        <source>Kind: {kind}</source>
        <translation>種類: {kind}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>{count} sounds</source>
        <translation>{count} 個のサウンド</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>ファイルが見つかりません。</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>解析中…</translation>
    </message>
</context>
<context>
    <name>DeviceButton</name>
    <message>
        <source>Sound device: {status}</source>
        <translation>オーディオデバイス: {status}</translation>
    </message>
</context>
<context>
    <name>DeviceKeeper</name>
    <message>
        <source>The sound keeps stopping</source>
        <translation>音が何度も止まります</translation>
    </message>
    <message>
        <source>The sound stopped several times within half a minute; it is tried again soon.</source>
        <translation>30 秒の間に音が何度も止まりました。まもなく再試行します。</translation>
    </message>
    <message>
        <source>Choose another sound device or a longer latency.</source>
        <translation>別のオーディオデバイスか、より長いレイテンシーを選んでください。</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>デバイスなし</translation>
    </message>
    <message>
        <source>{device} is gone, so the system&apos;s default plays.</source>
        <translation>{device} が見つからないため、システムのデフォルトで再生しています。</translation>
    </message>
    <message>
        <source>Playing on {device}</source>
        <translation>{device} で再生中</translation>
    </message>
    <message>
        <source>When it is back, sound goes there by itself; or choose another.</source>
        <translation>再接続すると自動的に切り替わります。別のデバイスを選ぶこともできます。</translation>
    </message>
    <message>
        <source>Opening sound device…</source>
        <translation>オーディオデバイスを開いています…</translation>
    </message>
</context>
<context>
    <name>DeviceMenu</name>
    <message>
        <source>Latency</source>
        <translation>レイテンシー</translation>
    </message>
    <message>
        <source>{frames} frames · {figure} ms</source>
        <translation>{frames} フレーム · {figure} ms</translation>
    </message>
    <message>
        <source>Use ASIO</source>
        <translation>ASIO を使用</translation>
    </message>
    <message>
        <source>Look for devices again</source>
        <translation>デバイスを再検索</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>システムのデフォルト</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device}（未接続）</translation>
    </message>
    <message>
        <source>No device found</source>
        <translation>デバイスが見つかりません</translation>
    </message>
</context>
<context>
    <name>DotMenu</name>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Remove {count} loops</source>
        <translation>{count} 個のループを外す</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>試聴</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>置き換え…</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>似たサウンド</translation>
    </message>
    <message>
        <source>Set as A</source>
        <translation>A に設定</translation>
    </message>
    <message>
        <source>Set as B</source>
        <translation>B に設定</translation>
    </message>
</context>
<context>
    <name>DragOut</name>
    <message>
        <source>Can&apos;t keep the render</source>
        <translation>レンダーを保存できません</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made.</source>
        <translation>フォルダ {folder} を作成できません。</translation>
    </message>
    <message>
        <source>Choose another folder for renders in the settings.</source>
        <translation>設定で別のレンダーフォルダを選んでください。</translation>
    </message>
    <message>
        <source>Rendering…</source>
        <translation>レンダリング中…</translation>
    </message>
    <message>
        <source>{file} is in {folder}.</source>
        <translation>{file} は {folder} にあります。</translation>
    </message>
    <message>
        <source>Hold the button and move to drag it into another program.</source>
        <translation>ボタンを押したまま動かすと、別のアプリへドラッグできます。</translation>
    </message>
    <message>
        <source>Render kept</source>
        <translation>レンダーを保存しました</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダに表示</translation>
    </message>
</context>
<context>
    <name>DragOutHandle</name>
    <message>
        <source>Drag to DAW</source>
        <translation>DAWへドラッグ</translation>
    </message>
    <message>
        <source>Drag what you hear into your DAW as a file, written as the last export was</source>
        <translation>聴こえている音をファイルとして DAW へドラッグします（形式は前回の書き出しと同じ）</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Click to choose files</source>
        <translation>クリックしてファイルを選択</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>読み込みを停止</translation>
    </message>
    <message>
        <source>Drop loops or folders here</source>
        <translation>ループやフォルダをドロップ</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>読み込み中 {done} / {total}</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Add folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>Show all sounds</source>
        <translation>すべてのサウンドを表示</translation>
    </message>
    <message>
        <source>No sounds yet. Drop some loops below, or add a folder of them.</source>
        <translation>サウンドがまだありません。下にループをドロップするか、フォルダを追加してください。</translation>
    </message>
    <message>
        <source>No sound matches.</source>
        <translation>一致するサウンドがありません。</translation>
    </message>
    <message>
        <source>Looking for sounds…</source>
        <translation>サウンドを検索中…</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>{count} sounds</source>
        <translation>{count} 個のサウンド</translation>
    </message>
</context>
<context>
    <name>EntryMenu</name>
    <message>
        <source>Locate…</source>
        <translation>場所を指定…</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>試聴</translation>
    </message>
    <message>
        <source>Put on pad</source>
        <translation>パッドに置く</translation>
    </message>
    <message>
        <source>Take off pad</source>
        <translation>パッドから外す</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>似たサウンド</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Set as A</source>
        <translation>A に設定</translation>
    </message>
    <message>
        <source>Set as B</source>
        <translation>B に設定</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダに表示</translation>
    </message>
</context>
<context>
    <name>EntryModel</name>
    <message>
        <source>{tempo} beats per minute</source>
        <translation>{tempo} BPM</translation>
    </message>
    <message>
        <source>on the pad</source>
        <translation>パッド上</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>file is missing</source>
        <translation>ファイルが見つかりません</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>ファイルが見つかりません。</translation>
    </message>
</context>
<context>
    <name>ErrorPlot</name>
    <message>
        <source>measuring the error…</source>
        <translation>誤差を測定中…</translation>
    </message>
    <message>
        <source>spectral error %1 dB</source>
        <translation>スペクトル誤差 %1 dB</translation>
    </message>
    <message>
        <source>spectral error %1 → %2 dB</source>
        <translation>スペクトル誤差 %1 → %2 dB</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export loop</source>
        <translation>ループを書き出し</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>ビット</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>サンプルレート</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>レベル</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>繰り返し</translation>
    </message>
    <message>
        <source>16 bit, dithered</source>
        <translation>16 bit、ディザー</translation>
    </message>
    <message>
        <source>24 bit</source>
        <translation>24 bit</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32 bit float</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>As heard</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>Peak -1 dB</source>
        <translation>ピーク -1 dB</translation>
    </message>
    <message>
        <source>Loudness -14 LUFS</source>
        <translation>ラウドネス -14 LUFS</translation>
    </message>
    <message>
        <source>How many times the loop is in the file</source>
        <translation>ファイル内でループを繰り返す回数</translation>
    </message>
    <message>
        <source>Tail of one bar</source>
        <translation>1 小節のテール</translation>
    </message>
    <message>
        <source>After the last repeat the loop begins once more and fades out within one bar</source>
        <translation>最後の繰り返しのあとループがもう一度始まり、1 小節でフェードアウトします</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>参照…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>The level stays as it is heard.</source>
        <translation>聴こえているレベルのまま書き出します。</translation>
    </message>
    <message>
        <source>The highest peak comes to -1 dBTP: a true peak, measured between the samples too.</source>
        <translation>最大ピークを -1 dBTP に合わせます。サンプル間も測定するトゥルーピークです。</translation>
    </message>
    <message>
        <source>The loop comes to -14 LUFS, as far as its true peak stays below -1&#xa0;dBTP.</source>
        <translation>トゥルーピークが -1&#xa0;dBTP を超えない範囲で、ループを -14 LUFS に合わせます。</translation>
    </message>
    <message>
        <source>There is a folder of this name.</source>
        <translation>同じ名前のフォルダがあります。</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>ファイル名を入力してください。</translation>
    </message>
    <message>
        <source>A brace in the name has no partner: write fields such as {field}.</source>
        <translation>名前の波かっこが対になっていません。{field} のようにフィールドを書いてください。</translation>
    </message>
    <message>
        <source>Give the file a name without {characters} .</source>
        <translation>{characters} を含まないファイル名にしてください。</translation>
    </message>
    <message>
        <source>The file name is too long.</source>
        <translation>ファイル名が長すぎます。</translation>
    </message>
    <message>
        <source>This folder does not exist.</source>
        <translation>このフォルダは存在しません。</translation>
    </message>
    <message>
        <source>Nothing may be written in this folder.</source>
        <translation>このフォルダには書き込めません。</translation>
    </message>
    <message>
        <source>Give a rate from {lowest} to {highest} Hz.</source>
        <translation>{lowest} ～ {highest} Hz のレートを入力してください。</translation>
    </message>
    <message>
        <source>FLAC takes so high a rate in tens only, such as 88200.</source>
        <translation>FLAC ではこの高さのレートは 88200 のように 10 の倍数に限られます。</translation>
    </message>
    <message>
        <source>The file would be larger than 4 GB: choose fewer repeats, or FLAC.</source>
        <translation>ファイルが 4 GB を超えます。繰り返しを減らすか、FLAC を選んでください。</translation>
    </message>
    <message>
        <source>{seconds} s, {channels}, {frames} frames, less than {size} MB.</source>
        <translation>{seconds} 秒、{channels}、{frames} フレーム、{size} MB 未満。</translation>
    </message>
    <message>
        <source>{seconds} s, {channels}, {frames} frames, {size} MB.</source>
        <translation>{seconds} 秒、{channels}、{frames} フレーム、{size} MB。</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>ステレオ</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>モノラル</translation>
    </message>
    <message>
        <source>It ends in a tail.</source>
        <translation>テールで終わります。</translation>
    </message>
    <message>
        <source>It loops without a seam.</source>
        <translation>継ぎ目なくループします。</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>書き出し先</translation>
    </message>
    <message>
        <source>Replace file</source>
        <translation>ファイルを置き換え</translation>
    </message>
    <message>
        <source>{file} exists already. Replace it?</source>
        <translation>{file} は既に存在します。置き換えますか？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Exporting {file}</source>
        <translation>{file} を書き出し中</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>書き出しました</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダに表示</translation>
    </message>
    <message>
        <source>{file} was not written.</source>
        <translation>{file} は書き込まれませんでした。</translation>
    </message>
    <message>
        <source>Export cancelled</source>
        <translation>書き出しをキャンセルしました</translation>
    </message>
</context>
<context>
    <name>FactTeller</name>
    <message>
        <source>Loudness</source>
        <translation>ラウドネス</translation>
    </message>
    <message>
        <source>How loud it is on the whole, as streaming services measure it</source>
        <translation>全体の音量（配信サービスと同じ測り方）</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Where the middle of its energy lies</source>
        <translation>エネルギーの中心がある周波数</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>As its maker wrote it down</source>
        <translation>作者が記した値</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>音名</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>different</source>
        <translation>さまざま</translation>
    </message>
    <message>
        <source>Known of {known} of {count}</source>
        <translation>{count} 個中 {known} 個で判明</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} ～ {high}</translation>
    </message>
    <message>
        <source>Different kinds</source>
        <translation>種類はさまざま</translation>
    </message>
    <message>
        <source>No kind yet</source>
        <translation>種類は未定</translation>
    </message>
    <message>
        <source>{kind}, by hand</source>
        <translation>{kind}（手動）</translation>
    </message>
    <message>
        <source>Chosen by hand</source>
        <translation>手動で選択</translation>
    </message>
    <message>
        <source>Chosen by hand; it sounds like: {kind}</source>
        <translation>手動で選択。音からの推定: {kind}</translation>
    </message>
    <message>
        <source>Say what it is</source>
        <translation>種類を指定</translation>
    </message>
</context>
<context>
    <name>Family</name>
    <message>
        <source>Drums</source>
        <translation>ドラム</translation>
    </message>
    <message>
        <source>Perc</source>
        <translation>パーカッション</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>ベース</translation>
    </message>
    <message>
        <source>Synth</source>
        <translation>シンセ</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>テクスチャー</translation>
    </message>
</context>
<context>
    <name>FaultReporter</name>
    <message>
        <source>Something went wrong</source>
        <translation>問題が発生しました</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it did not expect, and goes on.</source>
        <translation>MorphStudio で予期しないエラーが発生しましたが、動作を続けています。</translation>
    </message>
    <message>
        <source>The details are in {path}.</source>
        <translation>詳細は {path} にあります。</translation>
    </message>
</context>
<context>
    <name>FillButton</name>
    <message>
        <source>Fill the pad from this list</source>
        <translation>このリストからパッドを埋める</translation>
    </message>
    <message>
        <source>{count} sounds that differ most</source>
        <translation>最も異なる {count} 個</translation>
    </message>
</context>
<context>
    <name>FoldButton</name>
    <message>
        <source>Show details: {name}</source>
        <translation>詳細を表示: {name}</translation>
    </message>
    <message>
        <source>Hide details: {name}</source>
        <translation>詳細を隠す: {name}</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>プレイス</translation>
    </message>
    <message>
        <source>The browser lists the sounds in these folders.</source>
        <translation>ブラウザーにはこれらのフォルダのサウンドが表示されます。</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>追加…</translation>
    </message>
    <message>
        <source>Add a place</source>
        <translation>プレイスを追加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Remove the chosen places</source>
        <translation>選択したプレイスを外す</translation>
    </message>
    <message>
        <source>Take it off the list; the folder and its sounds stay (Delete)</source>
        <translation>リストから外します。フォルダとサウンドは残ります（Delete）</translation>
    </message>
    <message>
        <source>Dragged-out loops</source>
        <translation>ドラッグで書き出したループ</translation>
    </message>
    <message>
        <source>What you drag into your DAW is kept here, because its projects point at these files.</source>
        <translation>DAW へドラッグした音はここに保存されます。DAW のプロジェクトがこれらのファイルを参照するためです。</translation>
    </message>
    <message>
        <source>Folder of dragged-out loops</source>
        <translation>ドラッグで書き出したループのフォルダ</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>フォルダを表示</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>リセット</translation>
    </message>
    <message>
        <source>Back to {folder}</source>
        <translation>{folder} に戻す</translation>
    </message>
    <message>
        <source>Keep dragged-out loops in</source>
        <translation>ドラッグで書き出したループの保存先</translation>
    </message>
    <message>
        <source>Nothing may be written in {folder}.</source>
        <translation>{folder} には書き込めません。</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>mono</source>
        <translation>モノラル</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>ステレオ</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} チャンネル</translation>
    </message>
</context>
<context>
    <name>Guess</name>
    <message>
        <source>perhaps {what}</source>
        <translation>おそらく{what}</translation>
    </message>
    <message>
        <source>{what}, sure</source>
        <translation>{what}（確実）</translation>
    </message>
    <message>
        <source>{what}, likely</source>
        <translation>{what}（有力）</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>確度 {percent} %</translation>
    </message>
</context>
<context>
    <name>HeardChips</name>
    <message>
        <source>What is heard</source>
        <translation>聴こえている音</translation>
    </message>
</context>
<context>
    <name>Hearing</name>
    <message>
        <source>darker</source>
        <translation>暗く</translation>
    </message>
    <message>
        <source>brighter</source>
        <translation>明るく</translation>
    </message>
    <message>
        <source>noisier</source>
        <translation>ノイジーに</translation>
    </message>
    <message>
        <source>purer</source>
        <translation>クリアに</translation>
    </message>
    <message>
        <source>fuller</source>
        <translation>太く</translation>
    </message>
    <message>
        <source>thinner</source>
        <translation>細く</translation>
    </message>
    <message>
        <source>smoother</source>
        <translation>なめらかに</translation>
    </message>
    <message>
        <source>punchier</source>
        <translation>パンチを強く</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Undo {change}</source>
        <translation>元に戻す: {change}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>やり直す: {change}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
</context>
<context>
    <name>JournalKeeper</name>
    <message>
        <source>1 sound</source>
        <translation>サウンド 1 個</translation>
    </message>
    <message>
        <source>{count} sounds</source>
        <translation>{count} 個のサウンド</translation>
    </message>
    <message>
        <source>There is an unsaved session from {time}</source>
        <translation>{time} の未保存のセッションがあります</translation>
    </message>
    <message>
        <source>It is kept for a week.</source>
        <translation>1 週間保存されます。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>復元</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Kick</source>
        <translation>キック</translation>
    </message>
    <message>
        <source>Snare</source>
        <translation>スネア</translation>
    </message>
    <message>
        <source>Clap</source>
        <translation>クラップ</translation>
    </message>
    <message>
        <source>Hat</source>
        <translation>ハイハット</translation>
    </message>
    <message>
        <source>Cymbal</source>
        <translation>シンバル</translation>
    </message>
    <message>
        <source>Tom</source>
        <translation>タム</translation>
    </message>
    <message>
        <source>Percussion</source>
        <translation>パーカッション</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>ベース</translation>
    </message>
    <message>
        <source>Synth</source>
        <translation>シンセ</translation>
    </message>
    <message>
        <source>Guitar</source>
        <translation>ギター</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キーボード</translation>
    </message>
    <message>
        <source>Vocal</source>
        <translation>ボーカル</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>テクスチャー</translation>
    </message>
    <message>
        <source>Drum loop</source>
        <translation>ドラムループ</translation>
    </message>
    <message>
        <source>Tonal loop</source>
        <translation>音階ループ</translation>
    </message>
</context>
<context>
    <name>KindChip</name>
    <message>
        <source>Loops</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>One-shots</source>
        <translation>ワンショット</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>すべての種類</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Kinds: {count}</source>
        <translation>種類: {count}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Kinds: {names}</source>
        <translation>種類: {names}</translation>
    </message>
    <message>
        <source>What sort of sound</source>
        <translation>どんなサウンドか</translation>
    </message>
</context>
<context>
    <name>KindMenu</name>
    <message>
        <source>As listened</source>
        <translation>解析のとおり</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>システムの言語</translation>
    </message>
</context>
<context>
    <name>LatentPad</name>
    <message>
        <source>Ctrl+drag or right-drag to move it, right-click for more</source>
        <translation>Ctrl＋ドラッグまたは右ドラッグで移動、右クリックでメニュー</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Output level</source>
        <translation>出力レベル</translation>
    </message>
    <message>
        <source>True peak: {level}</source>
        <translation>トゥルーピーク: {level}</translation>
    </message>
    <message>
        <source>Loudness now: {level}</source>
        <translation>現在のラウドネス: {level}</translation>
    </message>
    <message>
        <source>Last 3 seconds: {level}</source>
        <translation>直近 3 秒: {level}</translation>
    </message>
    <message>
        <source>Whole loop: {level}</source>
        <translation>ループ全体: {level}</translation>
    </message>
    <message>
        <source>It clipped: turn the volume down.</source>
        <translation>クリップしました。音量を下げてください。</translation>
    </message>
    <message>
        <source>Click to reset the peak.</source>
        <translation>クリックでピークをリセット。</translation>
    </message>
</context>
<context>
    <name>LibraryKeeper</name>
    <message>
        <source>Add sounds</source>
        <translation>サウンドを追加</translation>
    </message>
    <message>
        <source>Add loops</source>
        <translation>ループを追加</translation>
    </message>
    <message>
        <source>Add sound</source>
        <translation>サウンドを追加</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>置き換えるファイル</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>サウンド</translation>
    </message>
    <message>
        <source>1 file was on the pad already</source>
        <translation>1 個のファイルは既にパッドにあります</translation>
    </message>
    <message>
        <source>{count} files were on the pad already</source>
        <translation>{count} 個のファイルは既にパッドにあります</translation>
    </message>
    <message>
        <source>Files that were shortened: {count}</source>
        <translation>短縮されたファイル: {count}</translation>
    </message>
    <message>
        <source>Files that could not be loaded: {count}</source>
        <translation>読み込めなかったファイル: {count}</translation>
    </message>
</context>
<context>
    <name>LiveSpectrogram</name>
    <message>
        <source>Position in the loop, in beats</source>
        <translation>ループ内の位置（拍）</translation>
    </message>
    <message>
        <source>Waveform and spectrum of the loop that is playing.</source>
        <translation>再生中のループの波形とスペクトル。</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>ピッチ</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Play something to see it</source>
        <translation>再生するとここに表示されます</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close message</source>
        <translation>メッセージを閉じる</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>(+{count} more)</source>
        <translation>（他 {count} 件）</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>詳細を隠す</translation>
    </message>
</context>
<context>
    <name>MeterPanel</name>
    <message>
        <source>Meters</source>
        <translation>メーター</translation>
    </message>
    <message>
        <source>True peak</source>
        <translation>トゥルーピーク</translation>
    </message>
    <message>
        <source>Loudness, last 3 s</source>
        <translation>ラウドネス（3 秒）</translation>
    </message>
    <message>
        <source>Loudness of the loop</source>
        <translation>ラウドネス（ループ）</translation>
    </message>
    <message>
        <source>Highest point of the wave, between the samples too. Red: louder than {level}.</source>
        <translation>サンプル間も含む波形の最大値。赤: {level} を超過。</translation>
    </message>
    <message>
        <source>How loud the last three seconds were.</source>
        <translation>直近 3 秒間の音の大きさ。</translation>
    </message>
    <message>
        <source>How loud the loop is from beginning to end, silence left out.</source>
        <translation>ループ全体の音の大きさ（無音部分を除く）。</translation>
    </message>
</context>
<context>
    <name>ModeChips</name>
    <message>
        <source>Blend</source>
        <translation>ブレンド</translation>
    </message>
    <message>
        <source>Morph between the dots</source>
        <translation>ドットの間をモーフします</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Hear what lies around one loop</source>
        <translation>1 つのループの周辺の音を聴きます</translation>
    </message>
    <message>
        <source>Mode of the pad</source>
        <translation>パッドのモード</translation>
    </message>
</context>
<context>
    <name>ModelKeeper</name>
    <message>
        <source>Factory</source>
        <translation>ファクトリー</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>準備中…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Tuning stopped</source>
        <translation>チューニングを停止しました</translation>
    </message>
    <message>
        <source>Nothing was learnt yet; the model is as it was.</source>
        <translation>まだ何も学習していません。モデルは元のままです。</translation>
    </message>
    <message>
        <source>Nothing to gain</source>
        <translation>改善の余地なし</translation>
    </message>
    <message>
        <source>Tuning found no better model than this one.</source>
        <translation>チューニングしても、これより良いモデルは見つかりませんでした。</translation>
    </message>
    <message>
        <source>Learning 1 loop · %2 left</source>
        <translation>1 個のループを学習中 · 残り %2</translation>
    </message>
    <message>
        <source>Learning %1 loops · %2 left</source>
        <translation>%1 個のループを学習中 · 残り %2</translation>
    </message>
    <message>
        <source>Tuned on 1 sound</source>
        <translation>1 個のサウンドでチューニング済み</translation>
    </message>
    <message>
        <source>Tuned on %1 sounds</source>
        <translation>%1 個のサウンドでチューニング済み</translation>
    </message>
    <message>
        <source>spectral error %1 → %2 dB</source>
        <translation>スペクトル誤差 %1 → %2 dB</translation>
    </message>
    <message>
        <source>{model} · spectral&#xa0;error&#xa0;{error}&#xa0;dB</source>
        <translation>{model} · 誤差&#xa0;{error}&#xa0;dB</translation>
    </message>
    <message>
        <source>Back to factory</source>
        <translation>ファクトリーに戻す</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>戻す: %1</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>モデルなし</translation>
    </message>
    <message>
        <source>Nothing can be played.</source>
        <translation>再生できません。</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>モデルを開く</translation>
    </message>
    <message>
        <source>Save the model as</source>
        <translation>モデルを別名で保存</translation>
    </message>
    <message>
        <source>Model saved</source>
        <translation>モデルを保存しました</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Model: %1</source>
        <translation>モデル: %1</translation>
    </message>
    <message>
        <source>Other models…</source>
        <translation>他のモデル…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Tune</source>
        <translation>チューニング</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>別名で保存…</translation>
    </message>
    <message>
        <source>Progress of tuning</source>
        <translation>チューニングの進行状況</translation>
    </message>
    <message>
        <source>Tune the model to the loops on the pad</source>
        <translation>パッド上のループに合わせてモデルをチューニング</translation>
    </message>
    <message>
        <source>Let the model learn your loops for a minute, so that it plays them closer; sound goes on</source>
        <translation>モデルが 1 分間ループを学習し、より忠実に再生できるようになります。音は止まりません</translation>
    </message>
    <message>
        <source>Stop tuning</source>
        <translation>チューニングを停止</translation>
    </message>
    <message>
        <source>Stop now and play the best so far</source>
        <translation>今すぐ停止し、これまでで最良のモデルで再生します</translation>
    </message>
    <message>
        <source>Hear the other model at once; neither is lost</source>
        <translation>もう一方のモデルにすぐ切り替えて聴けます。どちらも失われません</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>モデルを開く</translation>
    </message>
    <message>
        <source>Play with a model that was saved before</source>
        <translation>以前保存したモデルで再生します</translation>
    </message>
    <message>
        <source>Save the model</source>
        <translation>モデルを保存</translation>
    </message>
    <message>
        <source>Keep the model that plays as a file, for other sessions</source>
        <translation>使用中のモデルをファイルに保存し、他のセッションでも使えるようにします</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Name of the morph</source>
        <translation>モーフの名前</translation>
    </message>
    <message>
        <source>First loop</source>
        <translation>1 つ目のループ</translation>
    </message>
    <message>
        <source>Second loop</source>
        <translation>2 つ目のループ</translation>
    </message>
    <message>
        <source>Third loop</source>
        <translation>3 つ目のループ</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Free number</source>
        <translation>空き番号</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>Fields in braces are filled in, as far as they are known</source>
        <translation>波かっこのフィールドには、わかっている情報が入ります</translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation>挿入…</translation>
    </message>
    <message>
        <source>Insert a field that is filled in for each file</source>
        <translation>ファイルごとに置き換わるフィールドを挿入します</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>{note} {cents} cents</source>
        <translation>{note} {cents} セント</translation>
    </message>
</context>
<context>
    <name>PadSliders</name>
    <message>
        <source>Position, left to right</source>
        <translation>位置（左右）</translation>
    </message>
    <message>
        <source>Position, bottom to top</source>
        <translation>位置（上下）</translation>
    </message>
</context>
<context>
    <name>PadStage</name>
    <message>
        <source>Each dot is a sound. Press or drag anywhere to hear what lies between the nearest dots. Arrow keys move by a hundredth, with Shift by less; Home goes to the centre. Tab goes from dot to dot, Enter plays one.</source>
        <translation>1 つのドットが 1 つのサウンドです。クリックやドラッグで、近くのドットの間の音を聴けます。矢印キーで 100 分の 1 ずつ、Shift でさらに細かく移動し、Home で中央に戻ります。Tab でドットを順に移動し、Enter で再生します。</translation>
    </message>
    <message>
        <source>Morph pad</source>
        <translation>モーフパッド</translation>
    </message>
    <message>
        <source>{x} % across, {y} % up</source>
        <translation>横 {x} %、縦 {y} %</translation>
    </message>
    <message>
        <source>Press and drag to morph</source>
        <translation>ドラッグしてモーフ</translation>
    </message>
</context>
<context>
    <name>PadWelcome</name>
    <message>
        <source>Drop loops or folders here</source>
        <translation>ループやフォルダをドロップ</translation>
    </message>
    <message>
        <source>Each becomes a dot; what sounds alike lies close. Press between dots and drag to morph.</source>
        <translation>それぞれがドットになり、似た音は近くに並びます。ドットの間をクリックしてドラッグするとモーフします。</translation>
    </message>
    <message>
        <source>Play with the demo loops</source>
        <translation>デモループで試す</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Commands</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>何をしますか？</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>コマンドを検索</translation>
    </message>
    <message>
        <source>No command is called that.</source>
        <translation>該当するコマンドがありません。</translation>
    </message>
</context>
<context>
    <name>PictureReader</name>
    <message>
        <source>Coefficient {number}</source>
        <translation>係数 {number}</translation>
    </message>
    <message>
        <source>Pitch {pitch}</source>
        <translation>ピッチ {pitch}</translation>
    </message>
    <message>
        <source>Brightness {frequency}</source>
        <translation>明るさ {frequency}</translation>
    </message>
</context>
<context>
    <name>PlaceButton</name>
    <message>
        <source>All sounds</source>
        <translation>すべてのサウンド</translation>
    </message>
    <message>
        <source>Place: {place}</source>
        <translation>プレイス: {place}</translation>
    </message>
    <message>
        <source>Sounds of all folders</source>
        <translation>すべてのフォルダのサウンド</translation>
    </message>
    <message>
        <source>{place} (not there)</source>
        <translation>{place}（見つかりません）</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>フォルダを追加…</translation>
    </message>
    <message>
        <source>Look for new files</source>
        <translation>新しいファイルを探す</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダに表示</translation>
    </message>
    <message>
        <source>Remove “{place}” from the list</source>
        <translation>「{place}」をリストから外す</translation>
    </message>
</context>
<context>
    <name>PlaceKeeper</name>
    <message>
        <source>Not all of {name} could be looked through</source>
        <translation>{name} の一部を調べられませんでした</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>フォルダを追加</translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation>{name} の場所</translation>
    </message>
    <message>
        <source>{count} files were found in the same folder.</source>
        <translation>同じフォルダで {count} 個のファイルが見つかりました。</translation>
    </message>
    <message>
        <source>Files located</source>
        <translation>ファイルが見つかりました</translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message>
        <source>Stop scanning</source>
        <translation>スキャンを停止</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>解析を止める</translation>
    </message>
    <message>
        <source>Finding sounds: {count} · {place}</source>
        <translation>サウンドを検索中: {count} · {place}</translation>
    </message>
    <message>
        <source>Listening: {done} of {total}</source>
        <translation>解析中: {total} 個中 {done} 個</translation>
    </message>
    <message>
        <source>Listening: {done} of {total}, {left}</source>
        <translation>解析中: {total} 個中 {done} 個、{left}</translation>
    </message>
    <message>
        <source>{count} h left</source>
        <translation>残り {count} 時間</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>残り {count} 分</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>残り {count} 秒</translation>
    </message>
</context>
<context>
    <name>SearchRow</name>
    <message>
        <source>Search sounds</source>
        <translation>サウンドを検索</translation>
    </message>
    <message>
        <source>What can be searched for</source>
        <translation>検索できるもの</translation>
    </message>
    <message>
        <source>Names, folders and tags</source>
        <translation>名前、フォルダー、タグ</translation>
    </message>
    <message>
        <source>Just these words</source>
        <translation>この語句どおり</translation>
    </message>
    <message>
        <source>Without a word</source>
        <translation>語を除外</translation>
    </message>
    <message>
        <source>Your own tags</source>
        <translation>自分のタグ</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Loops or one-shots</source>
        <translation>ループまたはワンショット</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>音名</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Brightness from and to</source>
        <translation>明るさの範囲</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>ラウドネス</translation>
    </message>
</context>
<context>
    <name>SessionEditor</name>
    <message>
        <source>Take sound off</source>
        <translation>サウンドを外す</translation>
    </message>
    <message>
        <source>Take sounds off</source>
        <translation>サウンドを外す</translation>
    </message>
    <message>
        <source>Replace sound</source>
        <translation>サウンドを置き換え</translation>
    </message>
    <message>
        <source>Move dot</source>
        <translation>ドットを移動</translation>
    </message>
    <message>
        <source>Move dots</source>
        <translation>複数のドットを移動</translation>
    </message>
    <message>
        <source>Arrange dots</source>
        <translation>ドットを配置</translation>
    </message>
    <message>
        <source>Change detail</source>
        <translation>ディテールを変更</translation>
    </message>
    <message>
        <source>Switch align hits</source>
        <translation>アタック揃えを切り替え</translation>
    </message>
    <message>
        <source>Switch match loudness</source>
        <translation>音量合わせを切り替え</translation>
    </message>
    <message>
        <source>Switch even spacing</source>
        <translation>等間隔を切り替え</translation>
    </message>
    <message>
        <source>Change pitch</source>
        <translation>ピッチを変更</translation>
    </message>
    <message>
        <source>Change options</source>
        <translation>オプションを変更</translation>
    </message>
    <message>
        <source>Choose A or B</source>
        <translation>A または B を選択</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A と B を入れ替え</translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message>
        <source>Open a session</source>
        <translation>セッションを開く</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} を開いています</translation>
    </message>
    <message>
        <source>Save the session as</source>
        <translation>セッションを別名で保存</translation>
    </message>
    <message>
        <source>Save the session with its loops inside</source>
        <translation>ループを含めてセッションを保存</translation>
    </message>
    <message>
        <source>Bringing the session back</source>
        <translation>セッションを復元中</translation>
    </message>
    <message>
        <source>A newer MorphStudio saved {name}</source>
        <translation>{name} は新しい MorphStudio で保存されています</translation>
    </message>
    <message>
        <source>What this one does not know of it is not heard, so it is not written over.</source>
        <translation>このバージョンで扱えない内容は再生されないため、上書きしません。</translation>
    </message>
    <message>
        <source>Save it as another file, or update MorphStudio.</source>
        <translation>別のファイルに保存するか、MorphStudio を更新してください。</translation>
    </message>
    <message>
        <source>1 loop of the session is missing</source>
        <translation>セッションのループが 1 個見つかりません</translation>
    </message>
    <message>
        <source>{count} loops of the session are missing</source>
        <translation>セッションのループが {count} 個見つかりません</translation>
    </message>
    <message>
        <source>{names}: last in {folder}.</source>
        <translation>{names}: 最後の場所は {folder}。</translation>
    </message>
    <message>
        <source>They stay in the session.</source>
        <translation>セッションには残ります。</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>場所を指定…</translation>
    </message>
    <message>
        <source>Folder of the missing loops</source>
        <translation>見つからないループのフォルダー</translation>
    </message>
    <message>
        <source>Looking for missing loops</source>
        <translation>見つからないループを検索中</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>{name} を保存中</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Mouse on the pad</source>
        <translation>パッドでのマウス操作</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>キーとジェスチャー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Detail</source>
        <translation>ディテール</translation>
    </message>
    <message>
        <source>How much of the sources&apos; own detail is kept; double click for all of it</source>
        <translation>元の音のディテールを残す量です。ダブルクリックですべて残します</translation>
    </message>
    <message>
        <source>Pitch in semitones</source>
        <translation>ピッチ（半音単位）</translation>
    </message>
    <message>
        <source>Shift what you hear by semitones, in the same time; double click for none</source>
        <translation>長さを変えずに音を半音単位で上下します。ダブルクリックで元に戻します</translation>
    </message>
    <message>
        <source>From A to B</source>
        <translation>A から B へ</translation>
    </message>
    <message>
        <source>Slide from one sound to the other</source>
        <translation>一方のサウンドからもう一方へ変化させます</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A と B を入れ替え</translation>
    </message>
    <message>
        <source>Align hits</source>
        <translation>アタックを揃える</translation>
    </message>
    <message>
        <source>Move the hits of both loops to times in between, so that you hear one groove, not two</source>
        <translation>両方のループのアタックを中間の位置へ動かし、1 つのグルーヴとして聴こえるようにします</translation>
    </message>
    <message>
        <source>Match loudness</source>
        <translation>音量を合わせる</translation>
    </message>
    <message>
        <source>Keep the level steady on the way from one loop to the next</source>
        <translation>ループからループへ移る間のレベルを一定に保ちます</translation>
    </message>
    <message>
        <source>Even spacing</source>
        <translation>等間隔</translation>
    </message>
    <message>
        <source>Make equal distances on the pad sound like equal changes, half way sound like half way</source>
        <translation>パッド上の等しい距離が等しい変化に、中間が中間に聴こえるようにします</translation>
    </message>
    <message>
        <source>This morph</source>
        <translation>このモーフ</translation>
    </message>
    <message>
        <source>Right-click two sounds on the pad and choose Set as A, Set as B.</source>
        <translation>パッド上の 2 つのサウンドを右クリックし、「A に設定」「B に設定」を選んでください。</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>ピッチ</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>モーフ</translation>
    </message>
    <message>
        <source>A to B</source>
        <translation>A → B</translation>
    </message>
    <message>
        <source>{semitones} st</source>
        <translation>{semitones} 半音</translation>
    </message>
</context>
<context>
    <name>SimilarBar</name>
    <message>
        <source>Timbre</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>ピッチ</translation>
    </message>
    <message>
        <source>Rhythm</source>
        <translation>リズム</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>ラウドネス</translation>
    </message>
    <message>
        <source>How much counts: {what}</source>
        <translation>重み: {what}</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>{name} に似たもの</translation>
    </message>
    <message>
        <source>Show all sounds again</source>
        <translation>すべてのサウンドを表示</translation>
    </message>
    <message>
        <source>Counts for nothing</source>
        <translation>考慮しない</translation>
    </message>
    <message>
        <source>Counts {percent} %</source>
        <translation>重み {percent} %</translation>
    </message>
</context>
<context>
    <name>SimilarKeeper</name>
    <message>
        <source>It is too short, or silent.</source>
        <translation>短すぎるか、無音です。</translation>
    </message>
    <message>
        <source>Its neural embedding could not be made.</source>
        <translation>ニューラル埋め込みを作れませんでした。</translation>
    </message>
    <message>
        <source>{name} cannot be compared</source>
        <translation>{name} は比較できません</translation>
    </message>
    <message>
        <source>Listening to {name}</source>
        <translation>{name} を解析中</translation>
    </message>
    <message>
        <source>What is like it is listed in a moment.</source>
        <translation>似たサウンドはまもなく表示されます。</translation>
    </message>
</context>
<context>
    <name>SimilarityPage</name>
    <message>
        <source>Similarity</source>
        <translation>類似</translation>
    </message>
    <message>
        <source>Compare sounds by</source>
        <translation>サウンドの比較方法</translation>
    </message>
    <message>
        <source>Timbre features</source>
        <translation>音色の特徴</translation>
    </message>
    <message>
        <source>Built in and quick: brightness, colour, attack and movement of the sound.</source>
        <translation>内蔵で高速: 明るさ、音色、アタック、動き。</translation>
    </message>
    <message>
        <source>Neural embedding ({name})</source>
        <translation>ニューラル埋め込み（{name}）</translation>
    </message>
    <message>
        <source>A network that learned from 960 hours of speech. Sounds are listened to once more, which takes much longer than with timbre features.</source>
        <translation>960 時間の音声で学習したネットワーク。サウンドをもう一度解析するため、音色の特徴よりずっと時間がかかります。</translation>
    </message>
    <message>
        <source>Fetch ({size})</source>
        <translation>ダウンロード（{size}）</translation>
    </message>
    <message>
        <source>Fetch {name} from the internet, {size}</source>
        <translation>{name} をインターネットから取得、{size}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>ダウンロードを止める</translation>
    </message>
    <message>
        <source>Progress of fetching</source>
        <translation>ダウンロードの進み具合</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>On this computer.</source>
        <translation>このコンピューターにあります。</translation>
    </message>
    <message>
        <source>On this computer, and in use.</source>
        <translation>このコンピューターにあり、使用中です。</translation>
    </message>
    <message>
        <source>On this computer. Until all sounds were listened to once more, timbre features are used.</source>
        <translation>このコンピューターにあります。すべてのサウンドをもう一度解析するまでは音色の特徴を使います。</translation>
    </message>
    <message>
        <source>Not on this computer any more; until it is fetched, timbre features are used.</source>
        <translation>このコンピューターにはもうありません。取得するまでは音色の特徴を使います。</translation>
    </message>
    <message>
        <source>Not on this computer yet.</source>
        <translation>このコンピューターにはまだありません。</translation>
    </message>
</context>
<context>
    <name>SortBar</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>音名</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長さ</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>ラウドネス</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>最近追加</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>類似</translation>
    </message>
    <message>
        <source>Sorted by {what}</source>
        <translation>並べ替え: {what}</translation>
    </message>
    <message>
        <source>What the list is sorted by</source>
        <translation>リストの並べ替え基準</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>降順</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>昇順</translation>
    </message>
</context>
<context>
    <name>SpaceMenu</name>
    <message>
        <source>Add loops…</source>
        <translation>ループを追加…</translation>
    </message>
    <message>
        <source>Arrange anew</source>
        <translation>再配置</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>すべて表示</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>ストレージ</translation>
    </message>
    <message>
        <source>Dragged-out loops</source>
        <translation>ドラッグで書き出したループ</translation>
    </message>
    <message>
        <source>Work files</source>
        <translation>作業ファイル</translation>
    </message>
    <message>
        <source>Neural embedding</source>
        <translation>ニューラル埋め込み</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Open the folder: {name}</source>
        <translation>フォルダを開く: {name}</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>フォルダを表示</translation>
    </message>
    <message>
        <source>Clear loops older than {days} days…</source>
        <translation>{days} 日より古いループを削除…</translation>
    </message>
    <message>
        <source>Delete neural embedding</source>
        <translation>ニューラル埋め込みを削除</translation>
    </message>
    <message>
        <source>It can be fetched again, under Similarity.</source>
        <translation>「類似」でもう一度取得できます。</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>計算中…</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>まだありません</translation>
    </message>
    <message>
        <source>{size} in {count} files</source>
        <translation>{size}（{count} ファイル）</translation>
    </message>
    <message>
        <source>Only a folder called “{name}” is ever cleared.</source>
        <translation>削除の対象は「{name}」という名前のフォルダだけです。</translation>
    </message>
    <message>
        <source>Some loops could not be deleted. Close the program that uses them and try again.</source>
        <translation>削除できないループがありました。使用しているアプリを閉じて、もう一度お試しください。</translation>
    </message>
    <message>
        <source>{size} freed.</source>
        <translation>{size} を解放しました。</translation>
    </message>
    <message>
        <source>No loop is older than {days} days.</source>
        <translation>{days} 日より古いループはありません。</translation>
    </message>
    <message>
        <source>Clear old loops</source>
        <translation>古いループを削除</translation>
    </message>
    <message>
        <source>Delete {count} dragged-out loops ({size}) that are older than {days} days?</source>
        <translation>{days} 日より古い、ドラッグで書き出したループ {count} 個（{size}）を削除しますか？</translation>
    </message>
    <message>
        <source>DAW projects that use them from this folder will not find them any more.</source>
        <translation>このフォルダのファイルを使っている DAW プロジェクトでは、見つからなくなります。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>MorphStudio ended unexpectedly last time</source>
        <translation>前回、MorphStudio が予期せず終了しました</translation>
    </message>
    <message>
        <source>Files and exports are as they were.</source>
        <translation>ファイルと書き出しはそのままです。</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>レポートを表示</translation>
    </message>
</context>
<context>
    <name>TagField</name>
    <message>
        <source>Add a tag</source>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新しいタグ</translation>
    </message>
    <message>
        <source>dusty, lo-fi</source>
        <translation>ダスティ, ローファイ</translation>
    </message>
    <message>
        <source>+ Tag</source>
        <translation>＋タグ</translation>
    </message>
    <message>
        <source>Take away the tag “{tag}”</source>
        <translation>タグ「{tag}」を外す</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>No sound device</source>
        <translation>デバイスなし</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>メインメニュー</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>メニュー</translation>
    </message>
    <message>
        <source>Play or stop (Space)</source>
        <translation>再生／停止（Space）</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>Every loop on the pad takes the length of the first.</source>
        <translation>パッド上のループはすべて最初のループの長さになります。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Write what you hear as a sound file (Ctrl+E)</source>
        <translation>聴こえている音をオーディオファイルに書き出します（Ctrl+E）</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Volume; double click for 0 dB</source>
        <translation>音量（ダブルクリックで 0 dB）</translation>
    </message>
    <message>
        <source>{figure} dB</source>
        <translation>{figure} dB</translation>
    </message>
</context>
<context>
    <name>ViewButton</name>
    <message>
        <source>What the picture shows</source>
        <translation>表示内容</translation>
    </message>
    <message>
        <source>View</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>スペクトログラム</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>メルバンド</translation>
    </message>
    <message>
        <source>Timbre (MFCC)</source>
        <translation>音色（MFCC）</translation>
    </message>
    <message>
        <source>Timbre, even bands (LFCC)</source>
        <translation>音色・等間隔バンド（LFCC）</translation>
    </message>
    <message>
        <source>Pitch track</source>
        <translation>ピッチの軌跡</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
</context>
<context>
    <name>WorkRow</name>
    <message>
        <source>Cancelling…</source>
        <translation>キャンセル中…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Cancel: {title}</source>
        <translation>キャンセル: {title}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>残り {time}</translation>
    </message>
</context>
<context>
    <name>WorkRows</name>
    <message>
        <source>and {count} more</source>
        <translation>他 {count} 件</translation>
    </message>
</context>
<context>
    <name>ZoomBadge</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Show all (0)</source>
        <translation>すべて表示（0）</translation>
    </message>
    <message>
        <source>Zoom: {percent} %. Show all</source>
        <translation>ズーム: {percent} %。すべて表示</translation>
    </message>
</context>
</TS>
