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
    <name>BarsField</name>
    <message>
        <source>Length: loops are repeated or cut to it. Type bars, or drag up and down.</source>
        <translation>長さ: ループはこの長さに合わせて繰り返されるか、カットされます。小節数を入力するか、上下にドラッグします。</translation>
    </message>
    <message>
        <source>Length of the loop</source>
        <translation>ループの長さ</translation>
    </message>
    <message>
        <source>1 bar</source>
        <translation>1 小節</translation>
    </message>
    <message>
        <source>{count} bars</source>
        <translation>{count} 小節</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>Type a number of bars, such as 1, 2 or 4.</source>
        <translation>小節数を入力してください（例: 1、2、4）。</translation>
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
        <source>Export pack…</source>
        <translation>パックを書き出し…</translation>
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
        <source>Record a path</source>
        <translation>パスを記録</translation>
    </message>
    <message>
        <source>Record a gesture on the pad, or stop</source>
        <translation>パッドのジェスチャーを記録／停止</translation>
    </message>
    <message>
        <source>Play or stop the path</source>
        <translation>パスを再生／停止</translation>
    </message>
    <message>
        <source>Edit the path&apos;s points</source>
        <translation>パスのポイントを編集</translation>
    </message>
    <message>
        <source>Smooth the path</source>
        <translation>パスをなめらかにする</translation>
    </message>
    <message>
        <source>Quantise the path to beats</source>
        <translation>パスを拍にクオンタイズ</translation>
    </message>
    <message>
        <source>Paths…</source>
        <translation>パス…</translation>
    </message>
    <message>
        <source>Export the path…</source>
        <translation>パスを書き出し…</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>再生／停止</translation>
    </message>
    <message>
        <source>Tap the tempo</source>
        <translation>テンポをタップ</translation>
    </message>
    <message>
        <source>Type the tempo</source>
        <translation>テンポを入力</translation>
    </message>
    <message>
        <source>Let each loop keep its own tempo</source>
        <translation>ループごとのテンポで再生</translation>
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
    <message>
        <source>Double click on a path</source>
        <translation>パスをダブルクリック</translation>
    </message>
    <message>
        <source>Add a point while its points are edited</source>
        <translation>ポイントの編集中にポイントを追加</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt＋左、Alt＋右</translation>
    </message>
    <message>
        <source>Move a path&apos;s point in time</source>
        <translation>パスのポイントの時間を移動</translation>
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
    <name>ControlPage</name>
    <message>
        <source>Controllers</source>
        <translation>コントローラー</translation>
    </message>
</context>
<context>
    <name>Controller</name>
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
        <source>Tempo and key…</source>
        <translation>テンポとキー…</translation>
    </message>
    <message>
        <source>Take the session&apos;s tempo from this loop</source>
        <translation>このループのテンポをセッションに使用</translation>
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
        <source>These files are no longer where they were written.</source>
        <translation>これらのファイルは書き出した場所にありません。</translation>
    </message>
    <message>
        <source>Nothing to drag</source>
        <translation>ドラッグするものがありません</translation>
    </message>
    <message>
        <source>Export them again.</source>
        <translation>もう一度書き出してください。</translation>
    </message>
    <message>
        <source>Pack kept</source>
        <translation>パックを保存しました</translation>
    </message>
    <message>
        <source>{count} loops are in {folder}.</source>
        <translation>{count} 個のループは {folder} にあります。</translation>
    </message>
    <message>
        <source>Hold the button and move to drag them into another program.</source>
        <translation>ボタンを押したまま動かすと、別のアプリへドラッグできます。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダに表示</translation>
    </message>
    <message>
        <source>{count} loops</source>
        <translation>{count} 個のループ</translation>
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
        <source>Repeats</source>
        <translation>繰り返し</translation>
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
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>There is a folder of this name.</source>
        <translation>同じ名前のフォルダがあります。</translation>
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
    <name>ExportFields</name>
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
        <source>Browse…</source>
        <translation>参照…</translation>
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
        <source>Export to</source>
        <translation>書き出し先</translation>
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
    <name>LoopPicture</name>
    <message>
        <source>Where the loop begins</source>
        <translation>ループの開始位置</translation>
    </message>
    <message>
        <source>Drag the line to the hit that comes first; with Alt, anywhere</source>
        <translation>線を最初のアタックへドラッグします（Alt で任意の位置）</translation>
    </message>
</context>
<context>
    <name>LoopTimePanel</name>
    <message>
        <source>Tempo and key of a loop</source>
        <translation>ループのテンポとキー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>開始位置</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移調</translation>
    </message>
    <message>
        <source>Tempo of the loop</source>
        <translation>ループのテンポ</translation>
    </message>
    <message>
        <source>Half the tempo</source>
        <translation>テンポを半分に</translation>
    </message>
    <message>
        <source>The loop is half as fast as that</source>
        <translation>ループの実際のテンポはその半分です</translation>
    </message>
    <message>
        <source>Double the tempo</source>
        <translation>テンポを 2 倍に</translation>
    </message>
    <message>
        <source>The loop is twice as fast as that</source>
        <translation>ループの実際のテンポはその 2 倍です</translation>
    </message>
    <message>
        <source>Where the loop begins, in milliseconds</source>
        <translation>ループの開始位置（ミリ秒）</translation>
    </message>
    <message>
        <source>¼ beat earlier</source>
        <translation>¼ 拍前へ</translation>
    </message>
    <message>
        <source>Begin a quarter of a beat earlier</source>
        <translation>開始位置を ¼ 拍前へ</translation>
    </message>
    <message>
        <source>¼ beat later</source>
        <translation>¼ 拍後ろへ</translation>
    </message>
    <message>
        <source>Begin a quarter of a beat later</source>
        <translation>開始位置を ¼ 拍後ろへ</translation>
    </message>
    <message>
        <source>Shift in semitones</source>
        <translation>移調（半音単位）</translation>
    </message>
    <message>
        <source>st</source>
        <translation>半音</translation>
    </message>
    <message>
        <source>Match key of…</source>
        <translation>キーを合わせる…</translation>
    </message>
    <message>
        <source>Shift it the shorter way, so that it goes with another loop</source>
        <translation>別のループに合うように、近い方向へ移調します</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>元の値に戻す</translation>
    </message>
    <message>
        <source>The tempo that was heard, from its first sample, not shifted</source>
        <translation>検出されたテンポ、先頭からの再生、移調なしに戻します</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} ms</translation>
    </message>
    <message>
        <source>heard: {tempo}</source>
        <translation>検出: {tempo}</translation>
    </message>
    <message>
        <source>no tempo heard</source>
        <translation>テンポ未検出</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>キー: {key}</translation>
    </message>
    <message>
        <source>{name} · {key} ({shift} st)</source>
        <translation>{name} · {key}（{shift} 半音）</translation>
    </message>
    <message>
        <source>Type a tempo from {lowest} to {highest}, such as 128 or 128.5.</source>
        <translation>{lowest} ～ {highest} のテンポを入力してください（例: 128、128.5）。</translation>
    </message>
    <message>
        <source>Type milliseconds, less than the {length} of the loop.</source>
        <translation>ループの長さ {length} より小さいミリ秒の値を入力してください。</translation>
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
    <name>MidiSection</name>
    <message>
        <source>Play the pad by MIDI</source>
        <translation>MIDI でパッドを演奏</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>MIDI input</source>
        <translation>MIDI 入力</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>Up and down</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>ディテール</translation>
    </message>
    <message>
        <source>Play and stop</source>
        <translation>再生／停止</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>ラーン</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>クリア</translation>
    </message>
    <message>
        <source>No control for: {what}</source>
        <translation>コントロールを解除: {what}</translation>
    </message>
    <message>
        <source>Keys from note {number} (C1) up play the dots, in the order in which they came; the harder they are hit, the louder.</source>
        <translation>ノート {number}（C1）から上の鍵盤で、追加した順にドットを再生します。強く弾くほど大きく鳴ります。</translation>
    </message>
    <message>
        <source>MIDI clock sets the tempo</source>
        <translation>MIDI クロックでテンポを設定</translation>
    </message>
    <message>
        <source>Where the other machine starts and stops, so does the loop.</source>
        <translation>送信側の機器が開始・停止すると、ループも同じように動きます。</translation>
    </message>
    <message>
        <source>move a control…</source>
        <translation>コントロールを動かしてください…</translation>
    </message>
    <message>
        <source>Stop learning: {what}</source>
        <translation>ラーンを中止: {what}</translation>
    </message>
    <message>
        <source>Learn a control: {what}</source>
        <translation>コントロールをラーン: {what}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>CC {number} · channel {channel}</source>
        <translation>CC {number} · チャンネル {channel}</translation>
    </message>
    <message>
        <source>Pitch bend · channel {channel}</source>
        <translation>ピッチベンド · チャンネル {channel}</translation>
    </message>
    <message>
        <source>Note {number} · channel {channel}</source>
        <translation>ノート {number} · チャンネル {channel}</translation>
    </message>
    <message>
        <source>MIDI needs more. Install it by {command}, then start MorphStudio again.</source>
        <translation>MIDI には追加のインストールが必要です。{command} を実行してから、MorphStudio を再起動してください。</translation>
    </message>
    <message>
        <source>Listening to {names}.</source>
        <translation>{names} から受信中。</translation>
    </message>
    <message>
        <source>It cannot be listened to; another program may have it for itself.</source>
        <translation>受信できません。別のアプリが使用している可能性があります。</translation>
    </message>
    <message>
        <source>Not plugged in. As soon as it is, it plays.</source>
        <translation>接続されていません。接続するとすぐに使えます。</translation>
    </message>
    <message>
        <source>All inputs</source>
        <translation>すべての入力</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device}（未接続）</translation>
    </message>
    <message>
        <source>No MIDI input found</source>
        <translation>MIDI 入力が見つかりません</translation>
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
        <source>Number in the pack</source>
        <translation>パック内の番号</translation>
    </message>
    <message>
        <source>Per cent of the way</source>
        <translation>経路の割合（%）</translation>
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
    <name>OscSection</name>
    <message>
        <source>Play the pad by OSC</source>
        <translation>OSC でパッドを演奏</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>ポート</translation>
    </message>
    <message>
        <source>OSC port</source>
        <translation>OSC ポート</translation>
    </message>
    <message>
        <source>Allow other machines</source>
        <translation>他の機器を許可</translation>
    </message>
    <message>
        <source>Tablets and computers in your network can then play, whoever holds them.</source>
        <translation>ネットワーク上のタブレットやコンピューターから、誰でも演奏できるようになります。</translation>
    </message>
    <message>
        <source>Tell back to</source>
        <translation>フィードバック先</translation>
    </message>
    <message>
        <source>Address and port to which OSC tells back</source>
        <translation>OSC フィードバックの送信先アドレスとポート</translation>
    </message>
    <message>
        <source>OSC needs more. Install it by {command}, then start MorphStudio again.</source>
        <translation>OSC には追加のインストールが必要です。{command} を実行してから、MorphStudio を再起動してください。</translation>
    </message>
    <message>
        <source>Listening to all machines on port {port}.</source>
        <translation>ポート {port} ですべての機器から受信中。</translation>
    </message>
    <message>
        <source>Listening to this machine alone, on port {port}.</source>
        <translation>ポート {port} でこのコンピューターからのみ受信中。</translation>
    </message>
    <message>
        <source>That is no address. It looks like {example}.</source>
        <translation>アドレスではありません。{example} のように入力してください。</translation>
    </message>
    <message>
        <source>That is another machine: switch on “Allow other machines”.</source>
        <translation>これは別の機器です。「他の機器を許可」をオンにしてください。</translation>
    </message>
    <message>
        <source>Where the cursor, playing and the tempo are told. Empty: nowhere.</source>
        <translation>カーソル、再生、テンポの送信先です。空欄なら送信しません。</translation>
    </message>
</context>
<context>
    <name>Outlet</name>
    <message>
        <source>Path</source>
        <translation>パス</translation>
    </message>
</context>
<context>
    <name>PackDialog</name>
    <message>
        <source>Export pack</source>
        <translation>パックを書き出し</translation>
    </message>
    <message>
        <source>What</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>個数</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>範囲</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新規フォルダ</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>狭い</translation>
    </message>
    <message>
        <source>Near</source>
        <translation>中間</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>広い</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>別の位置</translation>
    </message>
    <message>
        <source>Choose other places by chance</source>
        <translation>別の位置をランダムに選びます</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Where the loops of the pack lie on the pad</source>
        <translation>パッド上でのパックのループの位置</translation>
    </message>
    <message>
        <source>From {a} to {b}</source>
        <translation>{a} から {b} へ</translation>
    </message>
    <message>
        <source>Grid over the whole pad</source>
        <translation>パッド全体のグリッド</translation>
    </message>
    <message>
        <source>Around the cursor</source>
        <translation>カーソルの周辺</translation>
    </message>
    <message>
        <source>Along the path {name}</source>
        <translation>パス「{name}」に沿って</translation>
    </message>
    <message>
        <source>Along path {number}</source>
        <translation>パス {number} に沿って</translation>
    </message>
    <message>
        <source>{a} to {b}</source>
        <translation>{a} から {b}</translation>
    </message>
    <message>
        <source>Path {number}</source>
        <translation>パス {number}</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>グリッド</translation>
    </message>
    <message>
        <source>Around {name}</source>
        <translation>{name} の周辺</translation>
    </message>
    <message>
        <source>{count} loops of {seconds} s, together less than {size} MB.</source>
        <translation>{seconds} 秒のループ {count} 個、合計 {size} MB 未満。</translation>
    </message>
    <message>
        <source>{count} loops of {seconds} s, together {size} MB.</source>
        <translation>{seconds} 秒のループ {count} 個、合計 {size} MB。</translation>
    </message>
</context>
<context>
    <name>PackExporter</name>
    <message>
        <source>Exporting {count} loops: {folder}</source>
        <translation>{count} 個のループを書き出し中: {folder}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダに表示</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>何も書き込まれませんでした。</translation>
    </message>
    <message>
        <source>Pack cancelled</source>
        <translation>パックの書き出しをキャンセルしました</translation>
    </message>
    <message>
        <source>Pack exported</source>
        <translation>パックを書き出しました</translation>
    </message>
    <message>
        <source>{count} loops are in {folder}.</source>
        <translation>{count} 個のループは {folder} にあります。</translation>
    </message>
    <message>
        <source>{count} of {wanted} loops are finished, in {folder}.</source>
        <translation>{wanted} 個中 {count} 個のループが完成し、{folder} にあります。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}).</source>
        <translation>フォルダ {folder} を作成できません（{reason}）。</translation>
    </message>
    <message>
        <source>Can&apos;t export the pack</source>
        <translation>パックを書き出せません</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>別のフォルダを選んでください。</translation>
    </message>
</context>
<context>
    <name>PackHandle</name>
    <message>
        <source>Drag 1 loop</source>
        <translation>1 個をドラッグ</translation>
    </message>
    <message>
        <source>Drag {count} loops</source>
        <translation>{count} 個をドラッグ</translation>
    </message>
    <message>
        <source>Drag all loops of the pack into your DAW at once</source>
        <translation>パックのすべてのループをまとめて DAW へドラッグします</translation>
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
        <source>point {number} of {count} of the path</source>
        <translation>パスのポイント {number} / {count}</translation>
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
    <name>PathBar</name>
    <message>
        <source>Press the pad to record 1 bar</source>
        <translation>パッドを押すと 1 小節を記録します</translation>
    </message>
    <message>
        <source>Press the pad to record {bars} bars</source>
        <translation>パッドを押すと {bars} 小節を記録します</translation>
    </message>
    <message>
        <source>Recording bar {bar} of {bars}</source>
        <translation>記録中: {bar} / {bars} 小節</translation>
    </message>
    <message>
        <source>Drag points · Double-click the line to add one · Esc when done</source>
        <translation>ポイントをドラッグ · 線をダブルクリックで追加 · Esc で完了</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>パス</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>パス</translation>
    </message>
    <message>
        <source>Record, play, change and export paths</source>
        <translation>パスの記録、再生、変更、書き出し</translation>
    </message>
    <message>
        <source>Record a path over 1 bar</source>
        <translation>1 小節のパスを記録</translation>
    </message>
    <message>
        <source>Record a path over {bars} bars</source>
        <translation>{bars} 小節のパスを記録</translation>
    </message>
    <message>
        <source>Do not record</source>
        <translation>記録しない</translation>
    </message>
    <message>
        <source>Stop recording and keep nothing</source>
        <translation>記録を停止して破棄</translation>
    </message>
    <message>
        <source>Stop the path</source>
        <translation>パスを停止</translation>
    </message>
    <message>
        <source>Path: press the pad to record</source>
        <translation>パス: パッドを押すと記録</translation>
    </message>
    <message>
        <source>Path: recording</source>
        <translation>パス: 記録中</translation>
    </message>
    <message>
        <source>Path: playing</source>
        <translation>パス: 再生中</translation>
    </message>
</context>
<context>
    <name>PathEdits</name>
    <message>
        <source>Add point after it</source>
        <translation>次にポイントを追加</translation>
    </message>
    <message>
        <source>Remove point</source>
        <translation>ポイントを削除</translation>
    </message>
    <message>
        <source>Add point here</source>
        <translation>ここにポイントを追加</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
</context>
<context>
    <name>PathMenu</name>
    <message>
        <source>Record {bars} bars</source>
        <translation>{bars} 小節を記録</translation>
    </message>
    <message>
        <source>Record 1 bar</source>
        <translation>1 小節を記録</translation>
    </message>
    <message>
        <source>Untitled path</source>
        <translation>無題のパス</translation>
    </message>
    <message>
        <source>Stop path</source>
        <translation>パスを停止</translation>
    </message>
    <message>
        <source>Play path</source>
        <translation>パスを再生</translation>
    </message>
    <message>
        <source>Edit points</source>
        <translation>ポイントを編集</translation>
    </message>
    <message>
        <source>Curved</source>
        <translation>カーブ</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>なめらかにする</translation>
    </message>
    <message>
        <source>Quantise to beats</source>
        <translation>拍にクオンタイズ</translation>
    </message>
    <message>
        <source>Quantise to half beats</source>
        <translation>半拍にクオンタイズ</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>パスを削除</translation>
    </message>
    <message>
        <source>Export path…</source>
        <translation>パスを書き出し…</translation>
    </message>
</context>
<context>
    <name>PathShelf</name>
    <message>
        <source>Path {number}</source>
        <translation>パス {number}</translation>
    </message>
    <message>
        <source>Record path</source>
        <translation>パスを記録</translation>
    </message>
    <message>
        <source>Smooth path</source>
        <translation>パスをなめらかにする</translation>
    </message>
    <message>
        <source>Curve path</source>
        <translation>パスのカーブを切り替え</translation>
    </message>
    <message>
        <source>Quantise path</source>
        <translation>パスをクオンタイズ</translation>
    </message>
    <message>
        <source>Rename path</source>
        <translation>パスの名前を変更</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>パスを削除</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Move path point</source>
        <translation>パスのポイントを移動</translation>
    </message>
    <message>
        <source>Add path point</source>
        <translation>パスのポイントを追加</translation>
    </message>
    <message>
        <source>Remove path point</source>
        <translation>パスのポイントを削除</translation>
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
        <translation>名前、フォルダ、タグ</translation>
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
        <source>Change tempo</source>
        <translation>テンポを変更</translation>
    </message>
    <message>
        <source>Switch keep pitch</source>
        <translation>ピッチ保持を切り替え</translation>
    </message>
    <message>
        <source>Change a loop&apos;s tempo</source>
        <translation>ループのテンポを変更</translation>
    </message>
    <message>
        <source>Change path</source>
        <translation>パスを変更</translation>
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
        <translation>見つからないループのフォルダ</translation>
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
        <source>Pitch</source>
        <translation>ピッチ</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>モーフ</translation>
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
    <name>TempoField</name>
    <message>
        <source>{name} · {tempo}</source>
        <translation>{name} · {tempo}</translation>
    </message>
    <message>
        <source>No loop with a known tempo</source>
        <translation>テンポがわかるループがありません</translation>
    </message>
    <message>
        <source>Free: each loop at its own tempo</source>
        <translation>フリー: ループごとのテンポで再生</translation>
    </message>
    <message>
        <source>From a loop</source>
        <translation>ループのテンポを使用</translation>
    </message>
    <message>
        <source>Keep the loops&apos; pitch</source>
        <translation>ループのピッチを保持</translation>
    </message>
    <message>
        <source>Beats in a bar</source>
        <translation>1 小節の拍数</translation>
    </message>
    <message>
        <source>Tempo: type it or drag up and down, with Shift by tenths. Right-click for more.</source>
        <translation>テンポ: 入力するか上下にドラッグします。Shift で 0.1 ずつ変わります。右クリックでメニュー。</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>テンポ</translation>
    </message>
    <message>
        <source>free</source>
        <translation>フリー</translation>
    </message>
    <message>
        <source>Half: {tempo}</source>
        <translation>半分: {tempo}</translation>
    </message>
    <message>
        <source>Double: {tempo}</source>
        <translation>2 倍: {tempo}</translation>
    </message>
    <message>
        <source>Type a tempo from {lowest} to {highest}, such as 128 or 128.5.</source>
        <translation>{lowest} ～ {highest} のテンポを入力してください（例: 128、128.5）。</translation>
    </message>
</context>
<context>
    <name>TimeKeeper</name>
    <message>
        <source>No tempo was heard</source>
        <translation>テンポが検出されませんでした</translation>
    </message>
    <message>
        <source>{name} is too short to have a tempo.</source>
        <translation>{name} は短すぎてテンポがありません。</translation>
    </message>
    <message>
        <source>Take it from another loop, or type it.</source>
        <translation>別のループから取るか、入力してください。</translation>
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
        <source>Tap</source>
        <translation>タップ</translation>
    </message>
    <message>
        <source>Tap the tempo, three times or more (T)</source>
        <translation>テンポに合わせて 3 回以上タップ（T）</translation>
    </message>
    <message>
        <source>Volume: {level}; double click for 0 dB</source>
        <translation>音量: {level}（ダブルクリックで 0 dB）</translation>
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
    <name>WaySection</name>
    <message>
        <source>A to B</source>
        <translation>A → B</translation>
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
        <source>Right-click two sounds on the pad and choose Set as A, Set as B.</source>
        <translation>パッド上の 2 つのサウンドを右クリックし、「A に設定」「B に設定」を選んでください。</translation>
    </message>
    <message>
        <source>Steps of the pack</source>
        <translation>パックの段階数</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 段階</translation>
    </message>
    <message>
        <source>Export pack…</source>
        <translation>パックを書き出し…</translation>
    </message>
    <message>
        <source>Write many loops at once: from A to B, along a path, over the pad, around the cursor</source>
        <translation>A から B、パス、パッド全体、カーソルの周辺から、多数のループをまとめて書き出します</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Show the folder of the pack</source>
        <translation>パックのフォルダを表示</translation>
    </message>
    <message>
        <source>1 loop in {folder}</source>
        <translation>1 個のループ: {folder}</translation>
    </message>
    <message>
        <source>{count} loops in {folder}</source>
        <translation>{count} 個のループ: {folder}</translation>
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
